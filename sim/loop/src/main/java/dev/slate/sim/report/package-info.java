/** What a run leaves behind: tables, a summary, a page to look at. */
@NullMarked
package dev.slate.sim.report;

import org.jspecify.annotations.NullMarked;
