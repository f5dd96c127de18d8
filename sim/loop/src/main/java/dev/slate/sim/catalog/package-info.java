/** Catalogues of the data module as catalogues: authors, the advertised item, the spam attack. */
@NullMarked
package dev.slate.sim.catalog;

import org.jspecify.annotations.NullMarked;
