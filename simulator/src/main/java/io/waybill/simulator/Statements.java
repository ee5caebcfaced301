package io.waybill.simulator;

import io.waybill.core.app.Stores;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Stores of which every call is a statement that somebody else runs, now or later or never. */
final class Statements {

  /** What each call of each store is called, in whichever life. */
  private static final Map<Method, String> NAMES = new ConcurrentHashMap<>();

  private Statements() {}

  /** One statement, to be run on the stores of the transaction that it belongs to. */
  interface Statement {
    @Nullable Object on(Stores stores);
  }

  /** Who runs statements. */
  interface Runner {
    @Nullable Object run(String name, Statement statement);
  }

  /** Whatever stores there are, now and later: a new one is simulated without a word here. */
  static Stores of(Runner runner) {
    Map<Method, Object> stores = new HashMap<>();
    return (Stores)
        proxy(
            Stores.class,
            (_, store, _) -> stores.computeIfAbsent(store, one -> storeOf(one, runner)));
  }

  private static Object storeOf(Method store, Runner runner) {
    store.setAccessible(true); // the maps' stores are their package's
    return proxy(
        store.getReturnType(),
        (_, call, values) ->
            runner.run(
                NAMES.computeIfAbsent(call, one -> nameOf(store, one)),
                on -> invoke(call, invoke(store, on), values)));
  }

  private static String nameOf(Method store, Method call) {
    call.setAccessible(true);
    return store.getName() + "." + call.getName();
  }

  private static Object proxy(Class<?> of, InvocationHandler handler) {
    return Proxy.newProxyInstance(of.getClassLoader(), new Class<?>[] {of}, handler);
  }

  private static Object invoke(Method method, Object on, Object @Nullable ... arguments) {
    try {
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
