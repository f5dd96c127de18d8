package dev.slate.bench.misc;

/** Breaks the rule that a package is named for what it holds. */
public final class Junk {}
