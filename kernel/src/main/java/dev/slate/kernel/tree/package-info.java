/** Prunes boxes of nearby items, for low d. Not exported. */
package dev.slate.kernel.tree;
