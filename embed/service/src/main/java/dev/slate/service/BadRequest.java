package dev.slate.service;

/** A request that is refused: a status of 4xx, and the reason in the words of the answer. */
final class BadRequest extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  BadRequest(int status, String reason) {
    super(reason, null, false, false);
    this.status = status;
  }

  BadRequest(String reason) {
    this(400, reason);
  }

  int status() {
    return status;
  }
}
