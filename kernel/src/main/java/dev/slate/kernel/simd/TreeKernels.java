package dev.slate.kernel.simd;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The tree's kernels on the Vector API, one for each small number of attributes.
 *
 * <p>They are one class, {@link VectorTreeKernel}, loaded once more for each number, as a hidden
 * class (JEP 371) that carries the number as a constant. The compiler so unrolls each loop over
 * attributes, and compiles each copy by a profile of its own: indexes with other numbers in the
 * same JVM cannot slow it down. Where classes cannot be loaded so, as in a native image, the class
 * itself serves, with the same bits.
 */
final class TreeKernels {
  /** From here on a loop is too long to be unrolled whole. */
  private static final int MOST = 16;

  private static final AtomicReferenceArray<TreeKernel> KERNELS =
      new AtomicReferenceArray<>(MOST + 1);

  private TreeKernels() {}

  /** The kernel for a number of attributes. */
  static TreeKernel of(int d) {
    if (d > MOST) {
      return new VectorTreeKernel();
    }
    TreeKernel kernel = KERNELS.get(d);
    if (kernel == null) {
      KERNELS.compareAndSet(d, null, copy(d));
      kernel = KERNELS.get(d);
    }
    return kernel;
  }

  private static TreeKernel copy(int d) {
    Class<VectorTreeKernel> template = VectorTreeKernel.class;
    try (InputStream in = template.getResourceAsStream(template.getSimpleName() + ".class")) {
      if (in == null) {
        throw new IOException("its class file is missing");
      }
      Lookup copy =
          MethodHandles.lookup().defineHiddenClassWithClassData(in.readAllBytes(), d, true);
      MethodType none = MethodType.methodType(void.class);
      return (TreeKernel) copy.findConstructor(copy.lookupClass(), none).invoke();
    } catch (Throwable e) {
      Logger log = System.getLogger("dev.slate.kernel");
      log.log(Level.DEBUG, "the tree's kernel is not compiled for d = " + d + " alone", e);
      return new VectorTreeKernel();
    }
  }

  /**
   * The number of attributes that a copy serves.
   *
   * @param copy the lookup of its class
   * @return 0 for the class itself, which serves any number
   */
  static int dimensions(Lookup copy) {
    try {
      Integer d = MethodHandles.classData(copy, ConstantDescs.DEFAULT_NAME, Integer.class);
      return d == null ? 0 : d;
    } catch (IllegalAccessException e) {
      throw new IllegalArgumentException(copy + " cannot read its own data", e);
    }
  }
}
