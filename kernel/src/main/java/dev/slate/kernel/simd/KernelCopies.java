package dev.slate.kernel.simd;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * Makes a copy of a kernel class for each case, such as a metric: a hidden class (JEP 371) that
 * carries the case as a constant. The compiler drops the branches of other cases, and compiles each
 * copy by a profile of its own, in which searches of other cases have no part.
 *
 * <p>A parameter would not do: a kernel is too long to be inlined, so its argument never becomes a
 * constant. With the operations of all cases it reaches the size at which C2 (JDK 25) stops
 * inlining methods of this package, and vectors that are passed to a method become objects.
 */
final class KernelCopies {
  /** The case of a class that is no copy. */
  static final int NONE = 0;

  private KernelCopies() {}

  /**
   * A kernel for one case.
   *
   * @param type its type
   * @param kernel its source, which has a constructor without parameters
   * @param number the case, not {@link #NONE}
   * @return null where classes cannot be loaded so, as in a native image
   */
  static <T> @Nullable T copy(Class<T> type, Class<? extends T> kernel, int number) {
    try (InputStream in = kernel.getResourceAsStream(kernel.getSimpleName() + ".class")) {
      if (in == null) {
        throw new IOException("its class file is missing");
      }
      Lookup copy =
          MethodHandles.lookup().defineHiddenClassWithClassData(in.readAllBytes(), number, true);
      MethodType none = MethodType.methodType(void.class);
      return type.cast(copy.findConstructor(copy.lookupClass(), none).invoke());
    } catch (Throwable e) {
      Logger log = System.getLogger("dev.slate.kernel");
      String name = kernel.getSimpleName();
      log.log(Level.WARNING, "a slower kernel serves, as " + name + " cannot be copied: " + e);
      return null;
    }
  }

  /**
   * The case that a copy serves.
   *
   * @param copy the lookup of its class
   * @return {@link #NONE} if the class is no copy
   */
  static int number(Lookup copy) {
    try {
      Integer number = MethodHandles.classData(copy, ConstantDescs.DEFAULT_NAME, Integer.class);
      return number == null ? NONE : number;
    } catch (IllegalAccessException e) {
      throw new IllegalArgumentException(copy + " cannot read its own data", e);
    }
  }
}
