/** Keeps the k best of the candidates that a search comes upon. Not exported. */
package dev.slate.kernel.select;
