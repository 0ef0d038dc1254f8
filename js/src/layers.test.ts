import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..");
const BIOME = join(ROOT, "node_modules", ".bin", "biome");

/** What biome says of a file in `folder` that imports `source`. */
function complaint(folder: string, source: string): string {
  const path = `--stdin-file-path=src/${folder}/inner/file.ts`;
  const input = `import { thing } from "${source}";\n\nexport const x = thing;\n`;
  const options = ["lint", "--only=style/noRestrictedImports", path];
  const { stdout, stderr } = spawnSync(BIOME, options, { cwd: ROOT, input, encoding: "utf8" });
  expect(stdout).toContain("thing");
  return stderr;
}

describe("a folder imports only those before it, and libraries only where they belong", () => {
  test.each([
    ["core", "../../store/store.ts"],
    ["core", "@preact/signals-core"],
    ["store", "../../link/link.ts"],
    ["store", "preact/hooks"],
    ["frames", "@anywidget/types"],
    ["stage", "../../tools/select.ts"],
    ["actions", "../../ui/app.tsx"],
    ["actions", "@preact/signals"],
    ["ui", "../../index.ts"],
  ])("%s may not import %s", (folder, source) => {
    expect(complaint(folder, source)).toContain("noRestrictedImports");
  });

  test.each([
    ["store", "../../core/edits.ts"],
    ["store", "@preact/signals-core"],
    ["link", "@anywidget/types"],
    ["tools", "../../stage/hit.ts"],
    ["ui", "preact/hooks"],
    ["ui", "../../actions/registry.ts"],
  ])("%s may import %s", (folder, source) => {
    expect(complaint(folder, source)).not.toContain("noRestrictedImports");
  });
});
