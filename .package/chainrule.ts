/** All doors of the library as one, for {@link ./build.ts}. */
export * from "../engine/extend.ts";
export * from "../mod.ts";
