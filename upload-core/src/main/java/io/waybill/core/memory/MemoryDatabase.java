package io.waybill.core.memory;

import io.waybill.core.Verdict;
import io.waybill.core.access.Identity;
import io.waybill.core.app.CommitListener;
import io.waybill.core.app.Stores;
import io.waybill.core.event.Facts;
import io.waybill.core.project.Project;
import io.waybill.core.project.StoragePolicy;
import io.waybill.core.upload.TaskStatus;
import io.waybill.core.work.Work;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** A database on maps: one writer at a time, a failed transaction leaves nothing. */
public final class MemoryDatabase implements Work<Stores> {

  private final CommitListener listener;
  private MemoryState state = new MemoryState();

  public MemoryDatabase() {
    this(CommitListener.NONE);
  }

  public MemoryDatabase(CommitListener listener) {
    this.listener = listener;
  }

  @Override
  public <T> Verdict<T> write(Function<? super Stores, Verdict<T>> work) {
    Facts before;
    Facts after;
    Verdict<T> verdict;
    List<TaskStatus> ended;
    synchronized (this) {
      MemoryState mine = state.copy();
      mine.facts = Facts.NONE;
      verdict = work.apply(new MemoryStores(mine));
      if (verdict instanceof Verdict.Refused<T>) {
        return verdict;
      }
      before = state.facts;
      after = mine.facts;
      mine.facts = before.and(after);
      state = mine;
      ended = List.copyOf(mine.endedTasks.values());
    }
    listener.committed(after);
    if (!ended.isEmpty()) {
      listener.ended(ended);
    }
    return verdict;
  }

  @Override
  public synchronized <T> T read(Function<? super Stores, T> work) {
    return work.apply(new MemoryStores(state));
  }

  /** Everything that has been written down, oldest first. */
  public synchronized Facts facts() {
    return state.facts;
  }

  /** Registers the owner of an API key, by the SHA-256 of the key. */
  public synchronized void addApiKey(String sha256, Identity identity) {
    state.of(MemoryIdentities.API_KEYS).put(sha256, identity);
  }

  /** Registers a device, by the SHA-256 of its credential. */
  public synchronized void addDevice(String sha256, Identity identity) {
    state.of(MemoryIdentities.DEVICE_CREDENTIALS).put(sha256, identity);
    state.of(MemoryIdentities.DEVICES).put(identity.id(), identity);
  }

  public synchronized void addProject(Project project) {
    state.of(MemoryProjects.PROJECTS).put(project.projectId(), project);
  }

  /** Adds a storage policy; the tenant's first one is its default. */
  public synchronized void addPolicy(UUID tenantId, StoragePolicy policy) {
    state.of(MemoryPolicies.POLICIES).put(policy.storagePolicyId(), policy);
    state.of(MemoryPolicies.TENANTS).put(policy.storagePolicyId(), tenantId);
    state.of(MemoryPolicies.DEFAULTS).putIfAbsent(tenantId, policy.storagePolicyId());
  }
}
