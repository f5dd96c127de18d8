package dev.slate.bench.dataset;

/** An answer of the kernel that is not the scan's: a bug in Slate, whatever the speed. */
public final class WrongAnswer extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Creates it with the difference in words. */
  public WrongAnswer(String message) {
    super(message);
  }
}
