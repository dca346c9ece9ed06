package dev.bandmaster.core.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.BiPredicate;

/** A part of a store, or all of it, in which some calls always throw. Everything else is real. */
public final class Failing {
  private Failing() {}

  /**
   * The same, except for these calls.
   *
   * @param fails gets a method's name and arguments
   */
  public static <T> T where(Class<T> type, T real, BiPredicate<String, Object[]> fails) {
    return with(type, real, fails, Map.of());
  }

  /**
   * The same, with some parts replaced.
   *
   * @param parts what is answered instead, by the name of the method
   */
  public static <T> T with(
      Class<T> type, T real, BiPredicate<String, Object[]> fails, Map<String, Object> parts) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              Object[] given = arguments == null ? new Object[0] : arguments;
              if (fails.test(method.getName(), given)) {
                throw new IllegalStateException("a fault that never goes away");
              }
              if (parts.containsKey(method.getName())) {
                return parts.get(method.getName());
              }
              try {
                return method.invoke(real, given);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
