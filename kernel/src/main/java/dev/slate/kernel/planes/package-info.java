/** Prunes with one-byte codes and certified bounds, for high d. Not exported. */
package dev.slate.kernel.planes;
