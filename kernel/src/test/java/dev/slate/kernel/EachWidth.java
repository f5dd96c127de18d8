package dev.slate.kernel;

import static org.junit.jupiter.api.extension.ConditionEvaluationResult.disabled;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.enabled;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A test of code that depends on the width of vectors. It runs at each width that the machine has:
 * at the preferred one in the main run, at the others in runs of their own, where the system
 * property {@code slate.test.width} names the width.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Tag("width")
@ExtendWith(EachWidth.NotYetRun.class)
public @interface EachWidth {
  /** Skips, in the run for a width, what the main run has done and what the machine lacks. */
  final class NotYetRun implements ExecutionCondition {
    private static final int WANTED = Integer.getInteger("slate.test.width", 0);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      if (WANTED == 0) {
        return enabled("not the run for a width");
      }
      int preferred = Math.min(512, FloatVector.SPECIES_PREFERRED.vectorBitSize());
      if (WANTED == preferred) {
        return disabled("the main run has vectors of " + WANTED + " bits");
      }
      return WANTED > preferred
          ? disabled("this machine has no vectors of " + WANTED + " bits")
          : enabled("vectors of " + WANTED + " bits");
    }
  }
}
