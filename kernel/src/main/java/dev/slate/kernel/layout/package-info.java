/** How items and queries lie in memory: vertical blocks, one-byte codes, panels. Not exported. */
package dev.slate.kernel.layout;
