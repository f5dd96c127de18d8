/** The file formats: how rows of numbers lie in bytes and text. Not exported. */
@NullMarked
package dev.slate.data.format;

import org.jspecify.annotations.NullMarked;
