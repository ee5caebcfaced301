package io.waybill.testkit.turns;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * A call that stops where it says {@link #pause} and goes on from there when it is told to: on its
 * caller's thread, without one of its own. Dropped half-way it is gone as with the power, not even
 * its {@code finally} runs.
 *
 * <p>Made of the JDK's continuation, on which its virtual threads stand. That is not exported to
 * everybody: {@code --add-exports java.base/jdk.internal.vm=ALL-UNNAMED}.
 */
public final class Coroutine {

  private static final MethodHandle NEW;
  private static final MethodHandle RUN;
  private static final MethodHandle IS_DONE;
  private static final MethodHandle YIELD;
  private static final Object SCOPE;

  static {
    try {
      Class<?> continuation = Class.forName("jdk.internal.vm.Continuation");
      Class<?> scope = Class.forName("jdk.internal.vm.ContinuationScope");
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      SCOPE =
          lookup
              .findConstructor(scope, MethodType.methodType(void.class, String.class))
              .invoke("simulation");
      NEW =
          lookup
              .findConstructor(
                  continuation, MethodType.methodType(void.class, scope, Runnable.class))
              .asType(MethodType.methodType(Object.class, Object.class, Runnable.class));
      RUN =
          lookup
              .findVirtual(continuation, "run", MethodType.methodType(void.class))
              .asType(MethodType.methodType(void.class, Object.class));
      IS_DONE =
          lookup
              .findVirtual(continuation, "isDone", MethodType.methodType(boolean.class))
              .asType(MethodType.methodType(boolean.class, Object.class));
      YIELD =
          lookup
              .findStatic(continuation, "yield", MethodType.methodType(boolean.class, scope))
              .asType(MethodType.methodType(boolean.class, Object.class));
    } catch (Throwable missing) {
      throw new ExceptionInInitializerError(missing);
    }
  }

  private final Object continuation;

  public Coroutine(Runnable work) {
    this.continuation = called(() -> (Object) NEW.invokeExact(SCOPE, work));
  }

  /** Runs to the next pause; false when there was none any more. */
  public boolean proceed() {
    return called(() -> {
      RUN.invokeExact(continuation);
      return !(boolean) IS_DONE.invokeExact(continuation);
    });
  }

  /** Stops the coroutine that says this, until it is told to proceed. */
  public static void pause() {
    boolean _ = called(() -> (boolean) YIELD.invokeExact(SCOPE));
  }

  private interface Call<T> {
    T now() throws Throwable;
  }

  private static <T> T called(Call<T> call) {
    try {
      return call.now();
    } catch (RuntimeException | Error thrown) {
      throw thrown;
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
