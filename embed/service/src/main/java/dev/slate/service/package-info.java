/** An index, fixed or live, behind HTTP, an example to copy: {@code slate serve}. */
@NullMarked
package dev.slate.service;

import org.jspecify.annotations.NullMarked;
