package dev.bandmaster.core.backend;

import dev.bandmaster.model.NodeDescription;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All backends of this bot, and which of them serves what. Immutable. */
public final class Backends {
  private final Map<String, ExecutionBackend> byName;
  private final Map<String, String> byEnvironment;
  private final Map<String, String> byCapability;
  private final ExecutionBackend standard;

  /**
   * Several backends.
   *
   * @param backends the first serves every environment that names no other
   * @param byEnvironment names of the backends that serve single environments
   * @throws IllegalArgumentException if there is no backend, two have one name, or an environment
   *     names one that is not there
   */
  public Backends(List<ExecutionBackend> backends, Map<String, String> byEnvironment) {
    this(backends, byEnvironment, Map.of());
  }

  /**
   * Several backends, some of which do one kind of work in every environment.
   *
   * @param byCapability names of the backends that do a kind of work, by the {@link
   *     dev.bandmaster.plugin.Planned.Work#capability} that plans name
   * @throws IllegalArgumentException as above, and if a capability names a backend that is not
   *     there
   */
  public Backends(
      List<ExecutionBackend> backends,
      Map<String, String> byEnvironment,
      Map<String, String> byCapability) {
    if (backends.isEmpty()) {
      throw new IllegalArgumentException("there is no backend");
    }
    Map<String, ExecutionBackend> named = new LinkedHashMap<>();
    for (ExecutionBackend backend : backends) {
      if (named.putIfAbsent(backend.name(), backend) != null) {
        throw new IllegalArgumentException("two backends are named " + backend.name());
      }
    }
    byEnvironment.forEach((environment, name) -> {
      if (!named.containsKey(name)) {
        throw new IllegalArgumentException(
            "environment %s names the backend %s, which is not configured"
                .formatted(environment, name));
      }
    });
    byCapability.forEach((capability, name) -> {
      if (!named.containsKey(name)) {
        throw new IllegalArgumentException(
            "the work %s names the backend %s, which is not configured"
                .formatted(capability, name));
      }
    });
    this.byName = named;
    this.byCapability = Map.copyOf(byCapability);
    this.byEnvironment = Map.copyOf(byEnvironment);
    this.standard = backends.getFirst();
  }

  /** One backend for everything. */
  public static Backends of(ExecutionBackend backend) {
    return new Backends(List.of(backend), Map.of());
  }

  /** The backend that serves an environment; for no environment, the first one. */
  public ExecutionBackend serving(String environment) {
    return Optional.ofNullable(byEnvironment.get(environment)).map(byName::get).orElse(standard);
  }

  /** The backend that does a kind of work in every environment, if one does. */
  public Optional<ExecutionBackend> doing(String capability) {
    return Optional.ofNullable(byCapability.get(capability)).map(byName::get);
  }

  /** The backend that a job was planned for; empty if it is no longer configured. */
  public Optional<ExecutionBackend> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  public Collection<ExecutionBackend> all() {
    return List.copyOf(byName.values());
  }

  /**
   * Whether every backend on which the fleet's presence depends can be used at this moment. A
   * service that only takes work for some environments is not among them: it being away concerns
   * their commands alone.
   */
  public boolean areConnected() {
    return byName.values().stream()
        .filter(backend -> backend.capabilities().knowsTargets())
        .allMatch(backend -> backend.state() instanceof BackendState.Connected);
  }

  /** The targets that backends can list without asking anybody. */
  public List<NodeDescription> inventory() {
    return byName.values().stream().flatMap(backend -> backend.inventory().stream()).toList();
  }

  /** Has all targets of all backends describe themselves again. */
  public void refresh() {
    byName.values().forEach(ExecutionBackend::refresh);
  }

  /** Has these targets describe themselves again, wherever they are. */
  public void refresh(List<String> targets) {
    byName.values().forEach(backend -> backend.refresh(targets));
  }

  /** Takes reports under this lease from every backend. */
  public void acquire(String lease) {
    byName.values().forEach(backend -> backend.acquire(lease));
  }

  /** Takes no more reports under this lease. */
  public void release(String lease) {
    byName.values().forEach(backend -> backend.release(lease));
  }
}
