package io.waybill.testkit.simulation;

import io.waybill.core.app.Stores;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** Stores of which every call is a statement that somebody else runs, now or later or never. */
final class Statements {

  private Statements() {}

  /** One statement, to be run on the stores of the transaction that it belongs to. */
  interface Statement {
    @Nullable Object on(Stores stores);
  }

  /** Who runs statements. */
  interface Runner {
    @Nullable Object run(String name, Statement statement, Stores real);
  }

  /** Whatever stores there are, now and later: a new one is simulated without a word here. */
  static Stores of(Stores real, Runner runner) {
    return (Stores)
        proxy(
            Stores.class,
            (self, store, arguments) ->
                proxy(
                    store.getReturnType(),
                    (_, call, values) ->
                        runner.run(
                            store.getName() + "." + call.getName(),
                            on -> invoke(call, invoke(store, on), values),
                            real)));
  }

  private static Object proxy(Class<?> of, InvocationHandler handler) {
    return Proxy.newProxyInstance(of.getClassLoader(), new Class<?>[] {of}, handler);
  }

  private static Object invoke(Method method, Object on, Object @Nullable ... arguments) {
    try {
      method.setAccessible(true); // the maps' stores are their package's
      return method.invoke(on, arguments);
    } catch (InvocationTargetException thrown) {
      throw unchecked(thrown.getCause());
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static RuntimeException unchecked(@Nullable Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return thrown instanceof RuntimeException runtime ? runtime : new IllegalStateException(thrown);
  }
}
