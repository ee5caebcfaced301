package io.waybill.core.app;

import io.waybill.core.access.Admission;
import io.waybill.core.access.usecase.AccessUseCases;
import io.waybill.core.access.usecase.Authenticate;
import io.waybill.core.audit.usecase.AuditUseCases;
import io.waybill.core.dataset.usecase.DatasetUseCases;
import io.waybill.core.delivery.usecase.DeliveryUseCases;
import io.waybill.core.device.usecase.ActivateDevice;
import io.waybill.core.device.usecase.DeviceUseCases;
import io.waybill.core.idempotency.usecase.IdempotencyUseCases;
import io.waybill.core.member.usecase.MemberUseCases;
import io.waybill.core.policy.usecase.PolicyUseCases;
import io.waybill.core.project.MetadataSchemas;
import io.waybill.core.project.usecase.ProjectUseCases;
import io.waybill.core.quota.usecase.QuotaUseCases;
import io.waybill.core.recovery.usecase.RecoveryUseCases;
import io.waybill.core.storage.StorageDirectory;
import io.waybill.core.tag.usecase.TagUseCases;
import io.waybill.core.upload.Limits;
import io.waybill.core.upload.ReceiptSigner;
import io.waybill.core.upload.usecase.Describe;
import io.waybill.core.upload.usecase.UploadUseCases;
import io.waybill.core.webhook.WebhookParts;
import io.waybill.core.webhook.usecase.WebhookUseCases;
import io.waybill.core.work.Ports;
import java.time.Duration;

/** Every use case, wired over one set of ports: a record for each capability. */
public record UseCases(
    AccessUseCases access,
    AuditUseCases audit,
    IdempotencyUseCases idempotency,
    DeliveryUseCases deliveries,
    WebhookUseCases webhooks,
    QuotaUseCases quotas,
    PolicyUseCases policies,
    ProjectUseCases projects,
    MemberUseCases members,
    TagUseCases tags,
    DeviceUseCases devices,
    DatasetUseCases datasets,
    UploadUseCases uploads,
    RecoveryUseCases recoveries) {

  /**
   * How the use cases shall behave.
   *
   * @param identityCache how long identities are cached, at most five seconds
   * @param installation what {@code describe} tells of where we run
   * @param schemas judges metadata
   * @param admission how whoever shows a secret is let in
   * @param directory what storage policies can name
   * @param receipts seals what is completed
   * @param webhooks what webhooks are made of
   */
  public record Settings(
      Limits limits,
      Duration identityCache,
      Describe.Installation installation,
      MetadataSchemas schemas,
      Admission admission,
      StorageDirectory directory,
      ReceiptSigner receipts,
      WebhookParts webhooks) {

    public static final Settings DEFAULT =
        new Settings(Limits.standard(), Authenticate.LONGEST_CACHE, "default");

    /** Where no schema can be used. */
    public Settings(Limits limits, Duration identityCache, String endpointRef) {
      this(limits, identityCache, endpointRef, MetadataSchemas.NONE);
    }

    /**
     * Where nothing is seeded, people have no tokens, policies name that endpoint and its usual
     * bucket, and nothing is sealed, or told to webhooks.
     */
    public Settings(
        Limits limits, Duration identityCache, String endpointRef, MetadataSchemas schemas) {
      this(
          limits,
          identityCache,
          Describe.Installation.at(endpointRef),
          schemas,
          Admission.DEFAULT,
          StorageDirectory.of(endpointRef, "robot-data"),
          ReceiptSigner.NONE,
          WebhookParts.NONE);
    }

    /** The same with another way in. */
    public Settings admitting(Admission other) {
      return new Settings(
          limits, identityCache, installation, schemas, other, directory, receipts, webhooks);
    }

    /** The same with other stores. */
    public Settings storing(StorageDirectory other) {
      return new Settings(
          limits, identityCache, installation, schemas, admission, other, receipts, webhooks);
    }

    /** The same with receipts. */
    public Settings sealing(ReceiptSigner other) {
      return new Settings(
          limits, identityCache, installation, schemas, admission, directory, other, webhooks);
    }

    /** The same with webhooks. */
    public Settings telling(WebhookParts other) {
      return new Settings(
          limits, identityCache, installation, schemas, admission, directory, receipts, other);
    }
  }

  public static UseCases over(Ports<Stores> ports, Settings settings) {
    AccessUseCases access =
        AccessUseCases.over(
            ports, settings.identityCache(), settings.admission(), new ActivateDevice(ports));
    return new UseCases(
        access,
        AuditUseCases.over(ports),
        IdempotencyUseCases.over(ports),
        DeliveryUseCases.over(ports),
        WebhookUseCases.over(ports, settings.webhooks(), EventTypes.TOLD),
        QuotaUseCases.over(ports, settings.limits().quotas().tenantBytes()),
        PolicyUseCases.over(
            ports,
            settings.directory(),
            settings.limits().urlLife(),
            settings.limits().sessionLife().longest()),
        ProjectUseCases.over(ports, settings.limits().metadata(), settings.schemas()),
        MemberUseCases.over(ports, access.authenticate()),
        TagUseCases.over(ports),
        DeviceUseCases.over(ports, access.authenticate(), settings.limits().metadata()),
        DatasetUseCases.over(
            ports,
            new DatasetUseCases.Bounds(
                settings.limits().urlLife(), settings.limits().metadata(), settings.schemas())),
        UploadUseCases.over(
            ports,
            settings.limits(),
            settings.installation(),
            settings.schemas(),
            settings.receipts()),
        RecoveryUseCases.over(ports));
  }
}
