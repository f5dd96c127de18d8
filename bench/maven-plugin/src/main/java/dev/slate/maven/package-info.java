/** Goals for projects with JMH benchmarks. */
@NullMarked
package dev.slate.maven;

import org.jspecify.annotations.NullMarked;
