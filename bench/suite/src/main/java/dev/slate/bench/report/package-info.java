/** What a run found out, as a table, as JSON and as a page. */
@NullMarked
package dev.slate.bench.report;

import org.jspecify.annotations.NullMarked;
