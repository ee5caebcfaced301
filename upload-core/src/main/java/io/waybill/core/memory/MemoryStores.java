package io.waybill.core.memory;

import io.waybill.core.access.ApiKeyStore;
import io.waybill.core.access.GrantStore;
import io.waybill.core.access.IdentityStore;
import io.waybill.core.access.ResourceStore;
import io.waybill.core.app.Stores;
import io.waybill.core.audit.AuditStore;
import io.waybill.core.audit.SealStore;
import io.waybill.core.dataset.DatasetChanges;
import io.waybill.core.dataset.DatasetPurges;
import io.waybill.core.dataset.DatasetStore;
import io.waybill.core.dataset.ValidationQueue;
import io.waybill.core.dataset.VerifiedChecksums;
import io.waybill.core.delivery.DeliveryStore;
import io.waybill.core.delivery.StreamStore;
import io.waybill.core.device.CredentialStore;
import io.waybill.core.device.DeviceCommandQueue;
import io.waybill.core.device.DeviceCommandStore;
import io.waybill.core.device.DeviceStore;
import io.waybill.core.event.EventMonths;
import io.waybill.core.event.EventStore;
import io.waybill.core.idempotency.IdempotencyStore;
import io.waybill.core.member.MemberStore;
import io.waybill.core.policy.CapabilityStore;
import io.waybill.core.policy.StoragePolicyStore;
import io.waybill.core.project.PolicyStore;
import io.waybill.core.project.ProjectStore;
import io.waybill.core.quota.QuotaStore;
import io.waybill.core.quota.QuotaWarningStore;
import io.waybill.core.recovery.RecoveryTables;
import io.waybill.core.tag.TagCategoryStore;
import io.waybill.core.tag.TagStore;
import io.waybill.core.upload.PartStore;
import io.waybill.core.upload.RateStore;
import io.waybill.core.upload.RoomStore;
import io.waybill.core.upload.SessionCensus;
import io.waybill.core.upload.SessionClaims;
import io.waybill.core.upload.SessionStore;
import io.waybill.core.upload.SweepStore;
import io.waybill.core.upload.TaskStore;
import io.waybill.core.upload.TimelineStore;
import io.waybill.core.webhook.WebhookEndpointStore;

/** The stores over one tx. */
record MemoryStores(MemoryTransaction tx) implements Stores {

  @Override
  public IdentityStore identities() {
    return new MemoryIdentities(tx);
  }

  @Override
  public ApiKeyStore apiKeys() {
    return new MemoryApiKeys(tx);
  }

  @Override
  public GrantStore grants() {
    return new MemoryGrants(tx);
  }

  @Override
  public ResourceStore resources() {
    return new MemoryResources(tx);
  }

  @Override
  public AuditStore auditTrail() {
    return new MemoryAuditTrail(tx);
  }

  @Override
  public DeliveryStore deliveries() {
    return new MemoryDeliveries(tx);
  }

  @Override
  public WebhookEndpointStore webhookEndpoints() {
    return new MemoryWebhookEndpoints(tx);
  }

  @Override
  public StreamStore stream() {
    return new MemoryStream(tx);
  }

  @Override
  public SealStore seals() {
    return new MemorySeals(tx);
  }

  @Override
  public MemberStore members() {
    return new MemoryMembers(tx);
  }

  @Override
  public ProjectStore projects() {
    return new MemoryProjects(tx);
  }

  @Override
  public TagCategoryStore tagCategories() {
    return new MemoryTagCategories(tx);
  }

  @Override
  public TagStore tags() {
    return new MemoryTags(tx);
  }

  @Override
  public DeviceStore devices() {
    return new MemoryDevices(tx);
  }

  @Override
  public CredentialStore credentials() {
    return new MemoryCredentials(tx);
  }

  @Override
  public DeviceCommandStore deviceCommands() {
    return new MemoryDeviceCommands(tx);
  }

  @Override
  public DeviceCommandQueue deviceCommandQueue() {
    return new MemoryDeviceCommandQueue(tx);
  }

  @Override
  public DatasetStore datasets() {
    return new MemoryDatasets(tx);
  }

  @Override
  public DatasetChanges datasetChanges() {
    return new MemoryDatasetChanges(tx);
  }

  @Override
  public DatasetPurges datasetPurges() {
    return new MemoryDatasetPurges(tx);
  }

  @Override
  public ValidationQueue validationQueue() {
    return new MemoryValidationQueue(tx);
  }

  @Override
  public VerifiedChecksums verifiedChecksums() {
    return new MemoryVerifiedChecksums(tx);
  }

  @Override
  public PolicyStore policies() {
    return new MemoryPolicies(tx);
  }

  @Override
  public StoragePolicyStore storagePolicies() {
    return new MemoryStoragePolicies(tx);
  }

  @Override
  public CapabilityStore capabilities() {
    return new MemoryCapabilities(tx);
  }

  @Override
  public RoomStore rooms() {
    return new MemoryRooms(tx);
  }

  @Override
  public QuotaStore quotas() {
    return new MemoryQuotas(tx);
  }

  @Override
  public QuotaWarningStore quotaWarnings() {
    return new MemoryQuotaWarnings(tx);
  }

  @Override
  public RateStore rates() {
    return new MemoryRates(tx);
  }

  @Override
  public TaskStore tasks() {
    return new MemoryTasks(tx);
  }

  @Override
  public SessionStore sessions() {
    return new MemorySessions(tx);
  }

  @Override
  public SessionClaims claims() {
    return new MemoryClaims(tx);
  }

  @Override
  public EventMonths eventMonths() {
    return new MemoryMonths();
  }

  @Override
  public SweepStore sweeps() {
    return new MemorySweeps(tx);
  }

  @Override
  public RecoveryTables recovery() {
    return MemoryRecoveries.tables(tx);
  }

  @Override
  public SessionCensus census() {
    return new MemoryCensus(tx);
  }

  @Override
  public PartStore parts() {
    return new MemoryParts(tx);
  }

  @Override
  public TimelineStore timelines() {
    return new MemoryTimelines(tx);
  }

  @Override
  public EventStore events() {
    return new MemoryEvents(tx);
  }

  @Override
  public IdempotencyStore idempotency() {
    return new MemoryIdempotency(tx);
  }
}
