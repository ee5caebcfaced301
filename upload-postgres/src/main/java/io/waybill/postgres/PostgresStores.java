package io.waybill.postgres;

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

/** The stores over one way to run statements. */
record PostgresStores(Db db, Written written) implements Stores {
  @Override
  public IdentityStore identities() {
    return new PostgresIdentityStore(db);
  }

  @Override
  public ApiKeyStore apiKeys() {
    return new PostgresApiKeyStore(db);
  }

  @Override
  public GrantStore grants() {
    return new PostgresGrantStore(db);
  }

  @Override
  public ResourceStore resources() {
    return new PostgresResourceStore(db);
  }

  @Override
  public AuditStore auditTrail() {
    return new PostgresAuditStore(db);
  }

  @Override
  public DeliveryStore deliveries() {
    return new PostgresDeliveryStore(db);
  }

  @Override
  public WebhookEndpointStore webhookEndpoints() {
    return new PostgresWebhookEndpointStore(db);
  }

  @Override
  public StreamStore stream() {
    return new PostgresStreamStore(db);
  }

  @Override
  public SealStore seals() {
    return new PostgresSealStore(db);
  }

  @Override
  public MemberStore members() {
    return new PostgresMemberStore(db);
  }

  @Override
  public ProjectStore projects() {
    return new PostgresProjectStore(db);
  }

  @Override
  public TagCategoryStore tagCategories() {
    return new PostgresTagCategoryStore(db);
  }

  @Override
  public TagStore tags() {
    return new PostgresTagStore(db);
  }

  @Override
  public DeviceStore devices() {
    return new PostgresDeviceStore(db);
  }

  @Override
  public CredentialStore credentials() {
    return new PostgresCredentialStore(db);
  }

  @Override
  public DeviceCommandStore deviceCommands() {
    return new PostgresDeviceCommandStore(db);
  }

  @Override
  public DeviceCommandQueue deviceCommandQueue() {
    return new PostgresDeviceCommandQueue(db);
  }

  @Override
  public DatasetStore datasets() {
    return new PostgresDatasetStore(db);
  }

  @Override
  public DatasetChanges datasetChanges() {
    return new PostgresDatasetChanges(db);
  }

  @Override
  public DatasetPurges datasetPurges() {
    return new PostgresDatasetPurges(db);
  }

  @Override
  public ValidationQueue validationQueue() {
    return new PostgresValidationQueue(db);
  }

  @Override
  public VerifiedChecksums verifiedChecksums() {
    return new PostgresVerifiedChecksums(db);
  }

  @Override
  public PolicyStore policies() {
    return new PostgresPolicyStore(db);
  }

  @Override
  public StoragePolicyStore storagePolicies() {
    return new PostgresStoragePolicyStore(db);
  }

  @Override
  public CapabilityStore capabilities() {
    return new PostgresCapabilityStore(db);
  }

  @Override
  public RoomStore rooms() {
    return new PostgresRoomStore(db);
  }

  @Override
  public QuotaStore quotas() {
    return new PostgresQuotaStore(db);
  }

  @Override
  public QuotaWarningStore quotaWarnings() {
    return new PostgresQuotaWarningStore(db);
  }

  @Override
  public RateStore rates() {
    return new PostgresRateStore(db);
  }

  @Override
  public TaskStore tasks() {
    return new PostgresTaskStore(db, written);
  }

  @Override
  public SessionStore sessions() {
    return new PostgresSessionStore(db, written);
  }

  @Override
  public SessionClaims claims() {
    return new PostgresSessionClaims(db);
  }

  @Override
  public EventMonths eventMonths() {
    return new PostgresMonths(db);
  }

  @Override
  public SweepStore sweeps() {
    return new PostgresSweeps(db);
  }

  @Override
  public RecoveryTables recovery() {
    return PostgresRecoveries.tables(db);
  }

  @Override
  public SessionCensus census() {
    return new PostgresCensus(db);
  }

  @Override
  public PartStore parts() {
    return new PostgresPartStore(db, written);
  }

  @Override
  public TimelineStore timelines() {
    return new PostgresTimelineStore(db);
  }

  @Override
  public EventStore events() {
    return new PostgresEventStore(db, written);
  }

  @Override
  public IdempotencyStore idempotency() {
    return new PostgresIdempotencyStore(db);
  }
}
