package io.waybill.simulator;

import io.waybill.core.app.Stores;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
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
    return (Stores) within(Stores.class, "", on -> on, runner);
  }

  /** What has stores, the transaction itself or a store of it: each of them, made once. */
  private static Object within(
      Class<?> type, String name, Function<Stores, @Nullable Object> at, Runner runner) {
    Map<Method, Object> stores = new HashMap<>();
    return proxy(
        type,
        (_, call, values) ->
            isStore(call)
                ? stores.computeIfAbsent(
                    call,
                    one -> within(one.getReturnType(), nameOf(name, one), ofIt(one, at), runner))
                : runner.run(
                    NAMES.computeIfAbsent(call, one -> nameOf(name, one)),
                    on -> invoke(call, at.apply(on), values)));
  }

  private static boolean isStore(Method call) {
    return call.getReturnType().isInterface()
        && call.getReturnType().getName().startsWith("io.waybill.core.")
        && call.getParameterCount() == 0;
  }

  private static Function<Stores, @Nullable Object> ofIt(
      Method store, Function<Stores, @Nullable Object> at) {
    return on -> invoke(store, at.apply(on));
  }

  /** As a call is named in the tale of a life; the maps' stores are their package's. */
  private static String nameOf(String of, Method call) {
    call.setAccessible(true);
    return of.isEmpty() ? call.getName() : of + "." + call.getName();
  }

  private static Object proxy(Class<?> of, InvocationHandler handler) {
    return Proxy.newProxyInstance(of.getClassLoader(), new Class<?>[] {of}, handler);
  }

  private static @Nullable Object invoke(
      Method method, @Nullable Object on, Object @Nullable ... arguments) {
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
