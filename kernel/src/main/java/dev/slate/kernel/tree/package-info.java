/** The strategy TREE: prunes bounding boxes of nearby items, for low d. Not exported. */
@NullMarked
package dev.slate.kernel.tree;

import org.jspecify.annotations.NullMarked;
