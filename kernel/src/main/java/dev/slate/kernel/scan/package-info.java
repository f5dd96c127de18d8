/** Streams every item. Not exported. */
package dev.slate.kernel.scan;
