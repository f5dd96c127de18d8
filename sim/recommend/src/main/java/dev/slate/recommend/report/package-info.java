/** The outcome of an evaluation as text, JSON, CSV and a page. */
@NullMarked
package dev.slate.recommend.report;

import org.jspecify.annotations.NullMarked;
