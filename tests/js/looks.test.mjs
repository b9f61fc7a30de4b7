import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { source } from "./builders.mjs";

const css = source("static/css/tokens.css");
const pair = (text) => /light-dark\((#\w{6}), (#\w{6})\)/.exec(text)?.slice(1);
const token = (name) => pair(new RegExp(`--${name}: ([^;]+);`).exec(css)?.[1] ?? "");
const hues = [...css.matchAll(/\.hue-(\w+) \{ --ink: ([^;]+); --fill: ([^;]+);/g)].map(([, name, ink, fill]) => ({ name, ink: pair(ink), fill: pair(fill) }));
const channel = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const light = (hex) => [1, 3, 5].map((at) => channel(parseInt(hex.slice(at, at + 2), 16) / 255)).reduce((sum, value, i) => sum + value * [0.2126, 0.7152, 0.0722][i], 0);
const contrast = (one, other) => {
  const [low, high] = [light(one), light(other)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};

test("every hue of a scheme is there and can be read, light and dark", () => {
  const named = /HUES: Final = \(([^)]+)\)/.exec(source("workbench/core/scheme.py"))[1].match(/"(\w+)"/g).map((each) => each.slice(1, -1));
  assert.deepEqual(hues.map(({ name }) => name).sort(), named.sort());
  for (const mode of [0, 1]) {
    for (const { name, ink, fill } of hues) {
      for (const ground of [token("page")[mode], token("surface")[mode], fill[mode]]) assert.ok(contrast(ink[mode], ground) >= 4.5, `${name} on ${ground}: ${contrast(ink[mode], ground)}`);
      assert.ok(contrast(token("text")[mode], fill[mode]) >= 7, `text on ${name}`);
    }
  }
});

test("words and controls stand out from every surface", () => {
  for (const mode of [0, 1]) {
    for (const ground of ["page", "surface", "raised"].map((name) => token(name)[mode])) {
      for (const name of ["text", "muted", "accent", "ok", "bad", "warn"]) assert.ok(contrast(token(name)[mode], ground) >= 4.5, `${name} on ${ground}: ${contrast(token(name)[mode], ground)}`);
      for (const name of ["line-strong", "focus"]) assert.ok(contrast(token(name)[mode], ground) >= 3, `${name} on ${ground}: ${contrast(token(name)[mode], ground)}`);
    }
  }
});

test("what is vendored is what the manifest says, with its licence in NOTICE", () => {
  const folder = new URL("../../static/vendor/", import.meta.url);
  const manifest = JSON.parse(readFileSync(new URL("manifest.json", folder), "utf8"));
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile() && each.name !== "manifest.json");
  assert.equal(files.length, manifest.length);
  for (const { file, sha256 } of manifest) assert.equal(createHash("sha256").update(readFileSync(new URL(file, folder))).digest("hex"), sha256, file);
  for (const name of ["htmx", "Inter", "Source Serif 4"]) assert.ok(source("NOTICE").includes(name));
});

test("no style sheet or script asks another host for anything", () => {
  const folder = new URL("../../static/", import.meta.url);
  for (const each of readdirSync(folder, { recursive: true })) {
    if (!/^(css|js)\/.*\.(css|js)$/.test(each)) continue;
    assert.doesNotMatch(readFileSync(new URL(each, folder), "utf8"), /https?:\/\//, each);
  }
});
