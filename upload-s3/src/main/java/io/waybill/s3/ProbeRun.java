package io.waybill.s3;

import io.waybill.core.storage.Capability;
import io.waybill.core.storage.ChecksumAlgorithm;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.StoredPart;
import io.waybill.s3.ProbeClient.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** One try of one bucket. Each upload is aborted, and each object deleted again. */
final class ProbeRun {
  private static final String TYPE = "application/octet-stream";
  private static final byte[] RIGHT = "waybill".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] WRONG = "WAYBILL".getBytes(StandardCharsets.US_ASCII);
  private static final Duration LOCKED = Duration.ofMinutes(1);

  private final ProbeClient store;
  private final S3Endpoint endpoint;
  private final String bucket;
  private final String folder = "waybill-probe/" + UUID.randomUUID();
  private int objects;

  ProbeRun(ProbeClient store, S3Endpoint endpoint, String bucket) {
    this.store = store;
    this.endpoint = endpoint;
    this.bucket = bucket;
  }

  Set<Capability> run() {
    EnumSet<Capability> found = EnumSet.noneOf(Capability.class);
    completing(found);
    for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
      if (checks(algorithm)) {
        found.add(Capability.of(algorithm));
      }
    }
    if (encrypts("AES256", "")) {
      found.add(Capability.SSE_S3);
    }
    if (endpoint.choices().kmsKeys().isEmpty()
        ? encrypts("aws:kms", "")
        : endpoint.choices().kmsKeys().values().stream().allMatch(k -> encrypts("aws:kms", k))) {
      found.add(Capability.SSE_KMS);
    }
    if (store.ask(ProbeCalls.ofBucket(bucket, "versioning")).body().contains(">Enabled<")) {
      found.add(Capability.VERSIONING);
    }
    if (locks()) {
      found.add(Capability.OBJECT_LOCK);
    }
    return found;
  }

  /** What must work for anything to work is an error where it does not. */
  private void completing(EnumSet<Capability> found) {
    ObjectLocation at = next();
    String uploadId = created(store.ask(S3Call.create(at, TYPE)));
    Reply list = store.ask(ProbeCalls.uploads(bucket, folder));
    if (list.isGood() && list.body().contains(uploadId)) {
      found.add(Capability.PREFIX_LISTING);
    }
    S3Call complete = complete(at, uploadId, good(put(at, uploadId)), false);
    good(store.ask(complete));
    Reply again = store.ask(complete);
    if (again.isGood()) {
      found.add(Capability.IDEMPOTENT_COMPLETE);
    }
    String second = created(store.ask(S3Call.create(at, TYPE)));
    Reply absent = store.ask(complete(at, second, good(put(at, second)), true));
    if (absent.status() == 412 || absent.status() == 409) {
      found.add(Capability.COMPLETE_IF_ABSENT);
    }
    store.ask(S3Call.abort(at, second));
    delete(at);
  }

  /** A store that takes other bytes than were signed for ignores the sum. */
  private boolean checks(ChecksumAlgorithm algorithm) {
    ObjectLocation at = next();
    Reply made = store.ask(S3Call.create(at, TYPE).with(ProbeCalls.announced(algorithm)));
    String uploadId = made.text("UploadId");
    if (!made.isGood() || uploadId == null) {
      return false;
    }
    String sum = ProbeCalls.sumOfRight(algorithm);
    boolean refusesWrong = store.put(at, uploadId, WRONG, algorithm, sum).isRefusal();
    boolean takesRight = store.put(at, uploadId, RIGHT, algorithm, sum).isGood();
    store.ask(S3Call.abort(at, uploadId));
    return refusesWrong && takesRight;
  }

  private boolean encrypts(String how, String key) {
    Map<String, String> headers = new HashMap<>(Map.of("x-amz-server-side-encryption", how));
    if (!key.isEmpty()) {
      headers.put("x-amz-server-side-encryption-aws-kms-key-id", key);
    }
    ObjectLocation at = next();
    Reply head = stored(at, headers);
    delete(at);
    return head.isGood() && head.header("x-amz-server-side-encryption").equals(how);
  }

  /** Only where the bucket can: elsewhere nothing is locked. */
  private boolean locks() {
    Reply configured = store.ask(ProbeCalls.ofBucket(bucket, "object-lock"));
    if (!configured.isGood() || !configured.body().contains(">Enabled<")) {
      return false;
    }
    ObjectLocation at = next();
    Instant until = Instant.now().plus(LOCKED).truncatedTo(ChronoUnit.SECONDS);
    Reply head =
        stored(
            at,
            Map.of(
                "x-amz-object-lock-mode",
                "GOVERNANCE",
                "x-amz-object-lock-retain-until-date",
                until.toString()));
    String version = head.header("x-amz-version-id");
    boolean refuses =
        head.header("x-amz-object-lock-mode").equals("GOVERNANCE")
            && !version.isEmpty()
            && store.ask(ProbeCalls.delete(at, version)).isRefusal();
    store.ask(ProbeCalls.delete(at, version).with(ProbeCalls.BYPASS));
    return refuses;
  }

  /** HEAD of an object that was made under these headers, or the refusal of it. */
  private Reply stored(ObjectLocation at, Map<String, String> headers) {
    Reply made = store.ask(S3Call.create(at, TYPE).with(headers));
    String uploadId = made.text("UploadId");
    if (!made.isGood() || uploadId == null) {
      return made;
    }
    Reply part = put(at, uploadId);
    Reply done = part.isGood() ? store.ask(complete(at, uploadId, part, false)) : part;
    if (!done.isGood()) {
      store.ask(S3Call.abort(at, uploadId));
      return done;
    }
    return store.ask(S3Call.head(at));
  }

  private ObjectLocation next() {
    return new ObjectLocation("probed", bucket, folder + "/" + objects++);
  }

  private Reply put(ObjectLocation at, String uploadId) {
    return store.put(at, uploadId, RIGHT, null, null);
  }

  private static S3Call complete(ObjectLocation at, String uploadId, Reply part, boolean ifAbsent) {
    StoredPart only = new StoredPart(1, part.header("etag"), RIGHT.length, Instant.EPOCH);
    return S3Call.complete(at, uploadId, List.of(only), ifAbsent);
  }

  private static String created(Reply made) {
    String uploadId = good(made).text("UploadId");
    if (uploadId == null) {
      throw StorageFault.nonsense("a new upload without an id");
    }
    return uploadId;
  }

  private static Reply good(Reply reply) {
    if (!reply.isGood()) {
      throw StorageFault.answered(reply.status(), reply.text("Code"), reply.text("Message"));
    }
    return reply;
  }

  /** Where there are versions, this one is named: nothing stays behind. */
  private void delete(ObjectLocation at) {
    Reply head = store.ask(S3Call.head(at));
    if (head.isGood()) {
      store.ask(ProbeCalls.delete(at, head.header("x-amz-version-id")));
    }
  }
}
