package dev.bandmaster.engine.jobs;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobMachine;
import dev.bandmaster.core.job.JobStatus;
import dev.bandmaster.core.job.Wave;
import dev.bandmaster.core.store.Lease;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is in memory: the leases that are held here and their jobs that have not ended. Changed by
 * the engine's thread alone; may be read by any.
 */
final class ActiveJobs {
  private final Map<String, Lease> leases = new ConcurrentHashMap<>();
  private final Map<String, Held> jobs = new ConcurrentHashMap<>();
  private final Map<String, String> jobOfRequest = new ConcurrentHashMap<>();

  /** A job with the name of its lease, and when time alone may change something. */
  record Held(String lease, Job job, Optional<Instant> timer) {
    boolean isDue(Instant now) {
      return timer.filter(when -> !when.isAfter(now)).isPresent();
    }
  }

  // --- Leases ---

  void hold(Lease lease) {
    leases.put(lease.name(), lease);
  }

  /** Releases a lease; the caller also forgets its jobs with {@link #forget}. */
  void letGo(String name) {
    leases.remove(name);
  }

  boolean holds(Lease lease) {
    return lease.equals(leases.get(lease.name()));
  }

  Optional<Lease> lease(String name) {
    return Optional.ofNullable(leases.get(name));
  }

  /** The names of the leases. */
  Set<String> leases() {
    return leases.keySet();
  }

  // --- Jobs ---

  void keep(String lease, Job job) {
    jobs.put(job.id(), new Held(lease, job, JobMachine.nextTimer(job.state())));
    job.state().waves().forEach(wave -> jobOfRequest.put(wave.request(), job.id()));
  }

  void forget(Job job) {
    jobs.remove(job.id());
    job.state().waves().forEach(wave -> jobOfRequest.remove(wave.request()));
  }

  boolean has(String id) {
    return jobs.containsKey(id);
  }

  Optional<Held> held(String id) {
    return Optional.ofNullable(jobs.get(id));
  }

  Optional<Job> find(String id) {
    return held(id).map(Held::job);
  }

  /** The id of the job to which a request belongs. */
  Optional<String> ofRequest(String request) {
    return Optional.ofNullable(jobOfRequest.get(request));
  }

  Collection<Job> all() {
    return jobs.values().stream().map(Held::job).toList();
  }

  int size() {
    return jobs.size();
  }

  List<Job> of(String lease) {
    return jobs.values().stream()
        .filter(held -> held.lease().equals(lease))
        .map(Held::job)
        .toList();
  }

  /** The jobs to which time alone has done something. */
  List<Held> due(Instant now) {
    return jobs.values().stream().filter(held -> held.isDue(now)).toList();
  }

  /** The jobs that wait for their turn, the oldest first. */
  List<Held> queued() {
    return jobs.values().stream()
        .filter(held -> held.job().state().status() == JobStatus.QUEUED)
        .filter(held -> !held.job().state().hasSlot())
        .sorted(Comparator.comparingLong(held -> held.job().number()))
        .toList();
  }

  boolean isToBeSent(String id, String request) {
    return find(id).stream()
        .flatMap(job -> job.state().waves().stream())
        .anyMatch(wave -> wave.request().equals(request) && wave.phase() == Wave.Phase.SENDING);
  }
}
