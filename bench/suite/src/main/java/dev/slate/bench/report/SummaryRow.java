package dev.slate.bench.report;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A row of {@code summary.json}. Times are per query; a number that was not measured is null.
 *
 * @param subject {@code slate}, or a peer's name
 * @param strategy how it finds the answer
 * @param metric how items are scored
 * @param distribution how items and queries are drawn
 * @param n number of items
 * @param d number of attributes
 * @param k number of items of an answer
 * @param threads how many threads share an operation
 * @param queries how many queries an operation answers
 * @param density share of the items that a filter admits; 1 is no filter
 * @param forks how many JVMs (or processes) were measured
 * @param p50Us median of the forks' medians, microseconds
 * @param p99Us median of the forks' 99th percentiles, microseconds
 * @param gbPerS n x d x 4 bytes over the median time, in 10^9 bytes a second
 * @param streamShare time of a SIMD sum over n x d x 4 bytes, over the time
 * @param peakShare time of the arithmetic alone, from registers, over the time
 * @param bytesPerOp what an operation allocates, once warm
 * @param recall share of the right answers that was given
 * @param buildMs milliseconds to build the subject from rows in memory
 */
public record SummaryRow(
    String subject,
    String strategy,
    String metric,
    String distribution,
    int n,
    int d,
    int k,
    int threads,
    int queries,
    double density,
    int forks,
    @JsonProperty("p50_us") double p50Us,
    @JsonProperty("p99_us") double p99Us,
    @JsonProperty("gb_per_s") double gbPerS,
    @JsonProperty("stream_share") double streamShare,
    @JsonProperty("peak_share") double peakShare,
    @JsonProperty("bytes_per_op") double bytesPerOp,
    double recall,
    @JsonProperty("build_ms") double buildMs) {}
