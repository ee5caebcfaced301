package io.waybill.core.upload.usecase;

import io.waybill.core.Verdict;
import io.waybill.core.access.Authorizer;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Identity;
import io.waybill.core.access.Permission;
import io.waybill.core.access.ProjectScope;
import io.waybill.core.upload.DescribeAnswer;
import io.waybill.core.upload.Limits;
import io.waybill.core.upload.PartPlan;
import io.waybill.core.upload.UploadStores;
import io.waybill.core.upload.WelcomeAnswer;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Tells a client the limits, the time, the storage endpoint, and who we think it is. */
public final class Describe {

  private final Ports<? extends UploadStores> ports;
  private final Limits limits;
  private final Installation installation;

  public Describe(Ports<? extends UploadStores> ports, Limits limits, Installation installation) {
    this.ports = ports;
    this.limits = limits;
    this.installation = installation;
  }

  /**
   * What is told of where we run.
   *
   * @param endpointRef the storage endpoint's name in the operator's configuration
   * @param developmentSeed whether identities whose secrets are published are in the registry; it
   *     is asked each time and throws nothing
   * @param developmentApiKey the published secret of the seed's first key
   * @param signIn where people sign in with a browser; null where they cannot
   */
  public record Installation(
      String endpointRef,
      BooleanSupplier developmentSeed,
      String developmentApiKey,
      WelcomeAnswer.@Nullable SignIn signIn) {
    /** One that was never seeded. */
    public static Installation at(String endpointRef) {
      return new Installation(endpointRef, () -> false, "", null);
    }
  }

  public Verdict<DescribeAnswer> handle(Caller caller) {
    return Verdict.ok(
        new DescribeAnswer(
            ports.now(),
            ports.signer().publicEndpoint(installation.endpointRef()),
            List.of("full", "compact"),
            List.of("3.1.1", "5.0"),
            List.of(),
            limits(),
            installation.developmentSeed().getAsBoolean(),
            caller.identity().isDevice() ? device(caller.identity(), ports.now()) : null));
  }

  private DescribeAnswer.LimitsAnswer limits() {
    return new DescribeAnswer.LimitsAnswer(
        limits.batches().presignParts(),
        limits.batches().acknowledgeParts(),
        limits.batches().taskObjects(),
        limits.sizes().fileBytes(),
        PartPlan.MIN_PART_BYTES,
        PartPlan.MAX_PART_BYTES,
        PartPlan.MAX_PARTS,
        limits.urlLife().shortest().toSeconds(),
        limits.urlLife().longest().toSeconds(),
        limits.openings().tenantUploads(),
        limits.openings().deviceUploads(),
        limits.openings().projectTasks(),
        limits.rates().tenantPresigns(),
        limits.rates().devicePresigns(),
        limits.sessionLife().usual().toSeconds(),
        limits.sessionLife().longest().toSeconds(),
        limits.sizes().metadataBytes(),
        limits.sizes().metadataKeyChars(),
        limits.sizes().httpBodyBytes(),
        limits.sizes().mqttPayloadBytes());
  }

  private static DescribeAnswer.DeviceAnswer device(Identity identity, Instant now) {
    ProjectScope open = Authorizer.scope(identity, Permission.UPLOAD_CREATE, now);
    return new DescribeAnswer.DeviceAnswer(
        identity.id(),
        identity.tenantId(),
        identity.label(),
        identity.standing().name(),
        open.only().stream().filter(open::contains).sorted().toList());
  }
}
