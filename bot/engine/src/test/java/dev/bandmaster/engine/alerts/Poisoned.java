package dev.bandmaster.engine.alerts;

import dev.bandmaster.core.alert.GroupKey;
import dev.bandmaster.core.store.Alerts;
import dev.bandmaster.core.store.Store;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.function.Predicate;

/** A store in front of another in which everything about some alerts fails. */
public final class Poisoned {

  private Poisoned() {}

  private interface Instead {
    Optional<Object> of(String method, Object[] arguments);
  }

  /** Fails for ever whenever it is asked for the alert of such a topic. */
  public static Store store(Store real, Predicate<GroupKey> topics) {
    Alerts alerts =
        proxy(
            Alerts.class,
            real.alerts(),
            (name, arguments) -> {
              if (name.equals("open")
                  && arguments[0] instanceof GroupKey topic
                  && topics.test(topic)) {
                throw new IllegalStateException("a fault");
              }
              return Optional.empty();
            });
    return proxy(
        Store.class,
        real,
        (name, arguments) -> name.equals("alerts") ? Optional.of(alerts) : Optional.empty());
  }

  private static <T> T proxy(Class<T> type, T real, Instead instead) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              Object[] given = arguments == null ? new Object[0] : arguments;
              Optional<Object> other = instead.of(method.getName(), given);
              if (other.isPresent()) {
                return other.get();
              }
              try {
                return method.invoke(real, given);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
