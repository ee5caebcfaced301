package io.waybill.core.memory;

import io.waybill.core.access.Identity;
import io.waybill.core.dataset.Dataset;
import io.waybill.core.event.Facts;
import io.waybill.core.idempotency.ClaimRequest;
import io.waybill.core.idempotency.Scope;
import io.waybill.core.project.Project;
import io.waybill.core.project.StoragePolicy;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.TaskStatus;
import io.waybill.core.upload.UploadPart;
import io.waybill.core.upload.UploadTask;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All rows. Values are immutable, so a copy of the maps is a snapshot. */
final class MemoryState {

  final Map<String, Identity> apiKeys;
  final Map<String, Identity> deviceCredentials;
  final Map<UUID, Identity> devices;
  final Map<UUID, Project> projects;
  final Map<UUID, StoragePolicy> policies;
  final Map<UUID, UUID> policyTenants;
  final Map<UUID, UUID> defaultPolicies;
  final Map<UUID, TaskRow> tasks;
  final Map<UUID, SessionRow> sessions;
  final Map<UUID, Dataset> datasets;
  final Map<UUID, Map<Integer, UploadPart>> parts;
  final Map<Scope, KeyRow> remembered;
  final Map<UUID, TaskStatus> endedTasks;
  Facts facts;

  /** A task with what the policy said when it was made. */
  record TaskRow(UploadTask task, UUID policyId, boolean validationRequired) {}

  /**
   * A session with its claim.
   *
   * @param claimedUntil other workers do not see it before
   */
  record SessionRow(Session session, UUID policyId, @Nullable Instant claimedUntil) {}

  /**
   * A key's record; the answer is null while the first call is at work.
   *
   * @param claimedUntil until when the owed answer is some gateway's to give; that gateway walks
   *     the request again, so this is not the lease
   */
  record KeyRow(
      ClaimRequest<?> request,
      Instant leaseUntil,
      @Nullable Object answer,
      @Nullable Instant answeredAt,
      @Nullable Instant claimedUntil) {}

  MemoryState() {
    apiKeys = new HashMap<>();
    deviceCredentials = new HashMap<>();
    devices = new HashMap<>();
    projects = new TreeMap<>();
    policies = new HashMap<>();
    policyTenants = new HashMap<>();
    defaultPolicies = new HashMap<>();
    tasks = new TreeMap<>();
    sessions = new TreeMap<>();
    datasets = new TreeMap<>();
    parts = new HashMap<>();
    remembered = new HashMap<>();
    endedTasks = new TreeMap<>();
    facts = Facts.NONE;
  }

  private MemoryState(MemoryState other) {
    apiKeys = new HashMap<>(other.apiKeys);
    deviceCredentials = new HashMap<>(other.deviceCredentials);
    devices = new HashMap<>(other.devices);
    projects = new TreeMap<>(other.projects);
    policies = new HashMap<>(other.policies);
    policyTenants = new HashMap<>(other.policyTenants);
    defaultPolicies = new HashMap<>(other.defaultPolicies);
    tasks = new TreeMap<>(other.tasks);
    sessions = new TreeMap<>(other.sessions);
    datasets = new TreeMap<>(other.datasets);
    parts = new HashMap<>();
    other.parts.forEach((id, rows) -> parts.put(id, new TreeMap<>(rows)));
    remembered = new HashMap<>(other.remembered);
    endedTasks = new TreeMap<>();
    facts = other.facts;
  }

  MemoryState copy() {
    return new MemoryState(this);
  }

  Map<Integer, UploadPart> partsOf(UUID sessionId) {
    return parts.computeIfAbsent(sessionId, id -> new TreeMap<>());
  }
}
