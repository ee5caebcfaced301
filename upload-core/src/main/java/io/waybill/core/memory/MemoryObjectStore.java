package io.waybill.core.memory;

import io.waybill.core.Outage;
import io.waybill.core.storage.ChecksumAlgorithm;
import io.waybill.core.storage.EncryptionMode;
import io.waybill.core.storage.HoldStatus;
import io.waybill.core.storage.LockBypass;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.ObjectReader;
import io.waybill.core.storage.ObjectStore;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.storage.StoredObjects;
import io.waybill.core.storage.StoredPart;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A store that knows sizes instead of bytes. Tests put parts into it directly. */
public final class MemoryObjectStore implements ObjectStore, ObjectReader, StoredObjects {

  private final Set<String> buckets;
  private final AtomicLong nextUpload = new AtomicLong(1);
  private final Map<String, Map<Integer, StoredPart>> uploads = new HashMap<>();
  private final Set<ObjectLocation> held = new HashSet<>();
  private final Set<String> completed = new HashSet<>();
  private final Map<ObjectLocation, StoredObject> objects = new HashMap<>();
  private final Map<ObjectLocation, byte[]> contents = new HashMap<>();
  private Map<String, String> wholeSums = Map.of();
  private boolean isKeyless;
  private int pageSize = 1000;

  public MemoryObjectStore(Set<String> buckets) {
    this.buckets = Set.copyOf(buckets);
  }

  /** What a client's PUT does. */
  public void put(String uploadId, int partNumber, long sizeBytes) {
    put(uploadId, partNumber, sizeBytes, Map.of());
  }

  /** The same where the store keeps these sums of it. */
  public synchronized void put(
      String uploadId, int partNumber, long sizeBytes, Map<ChecksumAlgorithm, String> sums) {
    Map<Integer, StoredPart> parts = uploads.get(uploadId);
    if (parts == null) {
      throw new IllegalStateException("NoSuchUpload");
    }
    parts.put(
        partNumber,
        new StoredPart(partNumber, "\"etag-" + partNumber + "\"", sizeBytes, Instant.EPOCH, sums));
  }

  /**
   * What a PUT does that was under way for long: of an upload that was aborted meanwhile, stores
   * may keep such a part until it is aborted once more.
   */
  public synchronized void land(String uploadId, int partNumber, long sizeBytes) {
    if (!completed.contains(uploadId)) {
      uploads.computeIfAbsent(uploadId, id -> new TreeMap<>());
      put(uploadId, partNumber, sizeBytes);
    }
  }

  /** What it says of the sums of objects that are completed from now on. */
  public synchronized void sumWholes(Map<String, String> sums) {
    wholeSums = Map.copyOf(sums);
  }

  /** Whether keys are out of reach from now on. */
  public synchronized void loseKeys(boolean areLost) {
    isKeyless = areLost;
  }

  /** Upload ids that are neither completed nor aborted. */
  public synchronized Set<String> openUploads() {
    return Set.copyOf(uploads.keySet());
  }

  /** What storage's own expiry does. */
  public synchronized void purge(String uploadId) {
    uploads.remove(uploadId);
  }

  @Override
  public synchronized List<CreateOutcome> createUploads(List<NewUpload> wishes) {
    return wishes.stream().map(this::create).toList();
  }

  private CreateOutcome create(NewUpload wish) {
    Optional<Outage.Storage> refusal = refusal(wish);
    if (refusal.isPresent()) {
      return new CreateOutcome.Unavailable(refusal.get());
    }
    guard(wish);
    String uploadId = "upload-" + nextUpload.getAndIncrement();
    uploads.put(uploadId, new TreeMap<>());
    return new CreateOutcome.Created(uploadId);
  }

  private Optional<Outage.Storage> refusal(NewUpload wish) {
    if (!buckets.contains(wish.location().bucket())) {
      return Optional.of(
          Outage.storageRefused(
              "NoSuchBucket: the bucket does not exist", new IllegalStateException("no bucket")));
    }
    return isKeyless && wish.protection().encryption() == EncryptionMode.SSE_KMS
        ? Optional.of(
            Outage.kms(
                "KMS.DisabledException: the key is off", new IllegalStateException("no key")))
        : Optional.empty();
  }

  private void guard(NewUpload wish) {
    if (wish.protection().legalHold()) {
      held.add(wish.location());
    }
  }

  @Override
  public synchronized ListOutcome listParts(ObjectLocation location, String uploadId) {
    Map<Integer, StoredPart> parts = uploads.get(uploadId);
    return parts == null
        ? new ListOutcome.NoSuchUpload()
        : new ListOutcome.Parts(List.copyOf(parts.values()));
  }

  @Override
  public synchronized CompleteOutcome complete(
      ObjectLocation location, String uploadId, List<StoredPart> parts) {
    Map<Integer, StoredPart> stored = uploads.remove(uploadId);
    if (stored == null) {
      return new CompleteOutcome.Unknown("NoSuchUpload");
    }
    completed.add(uploadId);
    long size = parts.stream().mapToLong(StoredPart::sizeBytes).sum();
    objects.put(location, new StoredObject(size, "\"" + uploadId + "-etag\"", null, wholeSums));
    return new CompleteOutcome.Done();
  }

  @Override
  public synchronized Optional<StoredObject> head(ObjectLocation location) {
    return Optional.ofNullable(objects.get(location));
  }

  @Override
  public synchronized Listing list(String endpointRef, String bucket, String prefix, String after) {
    List<Found> found =
        objects.entrySet().stream()
            .filter(one -> one.getKey().endpointRef().equals(endpointRef))
            .filter(one -> one.getKey().bucket().equals(bucket))
            .filter(one -> one.getKey().key().startsWith(prefix))
            .filter(one -> one.getKey().key().compareTo(after) > 0)
            .map(one ->
                new Found(one.getKey().key(), one.getValue().sizeBytes(), one.getValue().etag()))
            .sorted(Comparator.comparing(Found::key))
            .toList();
    return new Listing(found.stream().limit(pageSize).toList(), found.size() > pageSize);
  }

  /** An object under a key, whoever has put it there; null takes it away. */
  public synchronized void lay(ObjectLocation location, @Nullable StoredObject object) {
    if (object == null) {
      objects.remove(location);
    } else {
      objects.put(location, object);
    }
  }

  /** How many objects a page of a list has. */
  public synchronized void pages(int objectsPerPage) {
    pageSize = objectsPerPage;
  }

  /**
   * What the bytes of an object are, from its beginning on; where nobody says so, they are zeros.
   */
  public synchronized void fill(ObjectLocation location, byte[] bytes) {
    contents.put(location, bytes.clone());
  }

  @Override
  public synchronized Optional<byte[]> read(StoredRange range) {
    StoredObject object = objects.get(range.location());
    if (object == null || !object.etag().equals(range.etag())) {
      return Optional.empty();
    }
    byte[] bytes = new byte[range.length()];
    byte[] said = contents.getOrDefault(range.location(), new byte[0]);
    if (range.from() < said.length) {
      int from = Math.toIntExact(range.from());
      System.arraycopy(said, from, bytes, 0, Math.min(said.length - from, bytes.length));
    }
    return Optional.of(bytes);
  }

  @Override
  public synchronized AbortOutcome abort(ObjectLocation location, String uploadId) {
    return uploads.remove(uploadId) == null ? AbortOutcome.NO_SUCH_UPLOAD : AbortOutcome.ABORTED;
  }

  @Override
  public synchronized void delete(
      ObjectLocation location, @Nullable String versionId, LockBypass bypass) {
    if (held.contains(location)) {
      throw Outage.storageRefused(
          "AccessDenied: the object is held", new IllegalStateException("held"));
    }
    objects.remove(location);
  }

  @Override
  public synchronized void hold(
      ObjectLocation location, @Nullable String versionId, HoldStatus status) {
    var _ = status == HoldStatus.ON ? held.add(location) : held.remove(location);
  }

  /** The copy has the sums of its source, and an ETag of its own, as after a multipart upload. */
  @Override
  public synchronized CopyOutcome copy(CopySource source, NewUpload target) {
    StoredObject original = objects.get(source.location());
    if (original == null) {
      return new CopyOutcome.Refused("NoSuchKey", "the source does not exist");
    }
    if (!original.etag().equals(source.etag()) || original.sizeBytes() != source.sizeBytes()) {
      return new CopyOutcome.Refused("PreconditionFailed", "the source is another");
    }
    refusal(target)
        .ifPresent(outage -> {
          throw outage;
        });
    guard(target);
    String etag = "\"copy-of-" + original.etag().replace("\"", "") + "\"";
    objects.put(
        target.location(), new StoredObject(original.sizeBytes(), etag, null, original.sums()));
    return new CopyOutcome.Copied();
  }

  @Override
  public void check(String endpointRef, String bucket) {
    // A map is always there.
  }
}
