import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const JS = join(import.meta.dirname, "..");
const BIOME = join(JS, "node_modules", ".bin", "biome");
let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "boxreel-layers-"));
  copyFileSync(join(JS, "biome.json"), join(root, "biome.json"));
});

afterAll(() => rmSync(root, { recursive: true }));

/** What biome says of a file in `folder` that imports `source`. */
function complaint(folder: string, source: string): string {
  const inside = join(root, "src", folder, "inner");
  const file = join(inside, "file.ts");
  mkdirSync(inside, { recursive: true });
  writeFileSync(file, `import { thing } from "${source}";\n\nexport const x = thing;\n`);
  const options = ["lint", "--only=style/noRestrictedImports", file];
  const { stdout, stderr } = spawnSync(BIOME, options, { cwd: root, encoding: "utf8" });
  const said = stdout + stderr;
  expect(said).toContain("Checked 1 file");
  return said;
}

describe("a folder imports only those before it, and libraries only where they belong", () => {
  test.each([
    ["core", "../../store/store.ts"],
    ["core", "@preact/signals-core"],
    ["store", "../../link/link.ts"],
    ["frames", "@anywidget/types"],
    ["timeline", "@preact/signals"],
    ["actions", "preact/hooks"],
    ["stage", "../../tools/select.ts"],
    ["actions", "../../ui/app.tsx"],
    ["ui", "../../index.ts"],
  ])("%s may not import %s", (folder, source) => {
    expect(complaint(folder, source)).toContain("noRestrictedImports");
  });

  test.each([
    ["store", "../../core/edits.ts"],
    ["store", "@preact/signals-core"],
    ["link", "@anywidget/types"],
    ["tools", "../../stage/hit.ts"],
    ["ui", "@preact/signals"],
    ["ui", "preact/hooks"],
    ["ui", "../../actions/registry.ts"],
  ])("%s may import %s", (folder, source) => {
    expect(complaint(folder, source)).not.toContain("noRestrictedImports");
  });
});
