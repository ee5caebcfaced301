package io.waybill.core.memory;

import io.waybill.core.Verdict;
import io.waybill.core.access.Identity;
import io.waybill.core.app.CommitListener;
import io.waybill.core.app.Stores;
import io.waybill.core.device.Credential;
import io.waybill.core.device.CredentialHashes;
import io.waybill.core.device.Device;
import io.waybill.core.event.AuditEvent;
import io.waybill.core.event.Facts;
import io.waybill.core.event.OutboxEvent;
import io.waybill.core.project.Project;
import io.waybill.core.project.StoragePolicy;
import io.waybill.core.upload.LifecycleEvent;
import io.waybill.core.upload.TaskStatus;
import io.waybill.core.work.Work;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A database on maps. As a {@link Work} it lets in one writer at a time; who interleaves
 * transactions by himself takes them from {@link #begin}.
 */
public final class MemoryDatabase implements Work<Stores> {

  private final CommitListener listener;
  private final IdentityHashMap<Table<?, ?>, NavigableMap<?, ?>> tables = new IdentityHashMap<>();
  private final Map<MemoryTransaction.Lock, MemoryTransaction> locks = new HashMap<>();
  private final List<Facts> facts = new ArrayList<>();
  private final List<LifecycleEvent> moves = new ArrayList<>();
  private int commits;

  public MemoryDatabase() {
    this(CommitListener.NONE);
  }

  public MemoryDatabase(CommitListener listener) {
    this.listener = listener;
  }

  /** A transaction of the caller's, who ends it. */
  public MemoryTransaction begin() {
    return new MemoryTransaction(this);
  }

  @Override
  public <T> Verdict<T> write(Function<? super Stores, Verdict<T>> work) {
    MemoryTransaction mine = begin();
    Verdict<T> verdict;
    synchronized (this) {
      try {
        verdict = work.apply(mine.stores());
        if (verdict instanceof Verdict.Ok<T>) {
          settle(mine);
        }
      } finally {
        end(mine);
      }
    }
    if (verdict instanceof Verdict.Ok<T>) {
      tell(mine);
    }
    return verdict;
  }

  @Override
  public synchronized <T> T read(Function<? super Stores, T> work) {
    MemoryTransaction mine = begin();
    try {
      return work.apply(mine.stores());
    } finally {
      settle(mine); // its statements stand alone: what they wrote stays, whatever came after
    }
  }

  void commit(MemoryTransaction transaction) {
    settle(transaction);
    tell(transaction);
  }

  private synchronized void settle(MemoryTransaction transaction) {
    if (transaction.apply()) {
      commits++;
    }
    Facts told = transaction.facts();
    if (!told.equals(Facts.NONE)) {
      facts.add(told);
      moves.addAll(told.timeline(LifecycleEvent.class));
    }
    end(transaction);
  }

  private void tell(MemoryTransaction transaction) {
    listener.committed(transaction.facts());
    List<TaskStatus> ended = List.copyOf(transaction.endedTasks.values());
    if (!ended.isEmpty()) {
      listener.ended(ended);
    }
  }

  synchronized void end(MemoryTransaction transaction) {
    for (MemoryTransaction.Lock lock : transaction.end()) {
      locks.remove(lock, transaction);
    }
  }

  /** Who has the row from now on: the asking transaction, or the one that had it before. */
  MemoryTransaction lock(MemoryTransaction.Lock row, MemoryTransaction wanting) {
    MemoryTransaction holder = locks.putIfAbsent(row, wanting);
    return holder == null ? wanting : holder;
  }

  @Nullable MemoryTransaction holder(MemoryTransaction.Lock row) {
    return locks.get(row);
  }

  @SuppressWarnings("unchecked") // under a table's name there are only its own rows
  <K, V> NavigableMap<K, V> committed(Table<K, V> table) {
    return (NavigableMap<K, V>)
        tables.computeIfAbsent(table, name -> new TreeMap<K, V>(table.order()));
  }

  /** How many transactions have written something so far. */
  public int commits() {
    return commits;
  }

  /** Every move of a session that is told of, oldest first. */
  public List<LifecycleEvent> moves() {
    return Collections.unmodifiableList(moves);
  }

  /** Every event of the outbox that is committed, oldest first. */
  synchronized List<OutboxEvent> outbox() {
    return facts.stream().flatMap(one -> one.outbox().stream()).toList();
  }

  /** Every audit row, oldest first. */
  public synchronized List<AuditEvent> audit() {
    return facts.stream().flatMap(one -> one.audit().stream()).toList();
  }

  /** Everything that has been written down, oldest first. */
  public synchronized Facts facts() {
    return facts.stream().reduce(Facts.NONE, Facts::and);
  }

  /** Whether a request with this key is under way, or its answer is kept. */
  public synchronized boolean remembers(String key) {
    return committed(MemoryIdempotency.KEYS).keySet().stream()
        .anyMatch(scope -> scope.key().equals(key));
  }

  /** Every row of every table, for who looks for what must be in none. */
  public synchronized List<Object> rows() {
    List<Object> rows = new ArrayList<>();
    tables.values().forEach(table -> rows.addAll(table.values()));
    return rows;
  }

  private synchronized void put(Consumer<MemoryTransaction> rows) {
    MemoryTransaction registry = begin();
    rows.accept(registry);
    settle(registry);
  }

  /** Registers the owner of an API key, by the SHA-256 of the key. */
  public void addApiKey(String sha256, Identity identity) {
    put(tx -> tx.of(MemoryIdentities.API_KEYS).put(sha256, identity));
  }

  /** Registers a device with its grants, by the SHA-256 of its credential. */
  public void addDevice(String sha256, Identity identity) {
    put(tx -> {
      Identity bare = identity.grantedOnly(List.of());
      tx.of(MemoryIdentities.DEVICE_CREDENTIALS).put(sha256, bare);
      tx.of(MemoryIdentities.DEVICES).put(identity.id(), bare);
      new MemoryGrants(tx).register(identity);
    });
  }

  /** Registers a device whole, with its first credential, by the SHA-256 of that. */
  public void addDevice(String sha256, Device device, Credential credential) {
    put(tx -> {
      new MemoryDevices(tx).insert(device);
      new MemoryCredentials(tx).insert(credential, new CredentialHashes(sha256, null));
    });
  }

  /** Writes down what somebody is granted from the beginning. */
  public void addGrants(Identity identity) {
    put(tx -> new MemoryGrants(tx).register(identity));
  }

  public void addProject(Project project) {
    put(tx -> tx.of(MemoryProjects.PROJECTS).put(project.projectId(), project));
  }

  /** Adds a storage policy; the tenant's first one is its default. */
  public void addPolicy(UUID tenantId, StoragePolicy policy) {
    put(tx -> {
      boolean isFirst = MemoryStoragePolicies.theDefault(tx, tenantId).isEmpty();
      tx.of(MemoryStoragePolicies.POLICIES)
          .put(policy.storagePolicyId(), MemoryStoragePolicies.of(tenantId, policy, isFirst));
    });
  }
}
