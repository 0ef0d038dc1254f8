import { copyFileSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import esbuild from "esbuild";

const outdir = "../src/boxreel/widget/static";
const outfile = join(outdir, "widget.js");
const limit = 400_000;

/** What is bundled with our own code; their licences ask to be handed on. */
const bundled = ["preact", "@preact/signals", "@preact/signals-core"];

/** Stylesheets are imported as minified text, for a shadow root. */
const styles = {
  name: "styles",
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await esbuild.transform(readFileSync(path), { loader: "css", minify: true });
      return { contents: code, loader: "text" };
    });
  },
};

const options = {
  entryPoints: { widget: "src/index.ts", loader: "src/loader.ts" },
  outdir,
  bundle: true,
  format: "esm",
  target: "es2022",
  plugins: [styles],
  legalComments: "linked",
  charset: "utf8",
  minify: true,
  logLevel: "info",
};

if (process.argv.includes("--watch")) {
  const context = await esbuild.context({ ...options, minify: false, sourcemap: "inline" });
  await context.watch();
} else {
  await esbuild.build(options);
  copyFileSync("src/actions/keymap.json", join(outdir, "keymap.json"));
  const licences = bundled.map(
    (name) => `${name}\n\n${readFileSync(`node_modules/${name}/LICENSE`, "utf8")}`,
  );
  writeFileSync(join(outdir, "licences.txt"), licences.join("\n\n"));
  const { size } = statSync(outfile);
  console.log(`${outfile}: ${size} of at most ${limit} bytes`);
  if (size > limit) {
    process.exit(1);
  }
}
