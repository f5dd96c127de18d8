package dev.slate.bench.doctor;

/**
 * One fact about the machine.
 *
 * @param subject the subject, in a word or two
 * @param value the fact
 * @param advice what would make it better; empty where nothing would
 */
record Finding(String subject, String value, String advice) {
  Finding(String subject, String value) {
    this(subject, value, "");
  }
}
