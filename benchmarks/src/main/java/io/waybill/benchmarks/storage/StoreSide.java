package io.waybill.benchmarks.storage;

import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.ObjectStore.CompleteOutcome;
import io.waybill.core.storage.ObjectStore.CreateOutcome;
import io.waybill.core.storage.ObjectStore.NewUpload;
import io.waybill.core.storage.StoredPart;
import io.waybill.core.storage.UrlSigner.PartLength;
import io.waybill.core.storage.UrlSigner.PartsToSign;
import io.waybill.core.storage.UrlSigner.SignedParts;
import io.waybill.s3.S3Endpoint;
import io.waybill.s3.S3ObjectStore;
import io.waybill.s3.S3Settings;
import io.waybill.s3.SigV4UrlSigner;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The store alone, asked by our own client: what nobody in front of it can be faster than. */
record StoreSide(S3ObjectStore store, SigV4UrlSigner signer, String bucket) implements Side {

  private static final String REF = "store";

  static StoreSide of(S3Endpoint endpoint) {
    S3Settings settings = S3Settings.of(REF, endpoint);
    return new StoreSide(
        new S3ObjectStore(settings), new SigV4UrlSigner(settings), endpoint.bucket());
  }

  @Override
  public String name() {
    return "bare store";
  }

  @Override
  public long pid() {
    return 0;
  }

  @Override
  public Client client() {
    return new Caller(this);
  }

  private record Caller(StoreSide side) implements Client {

    private record Upload(ObjectLocation at, String id) {}

    private Upload make() throws IOException {
      ObjectLocation at =
          new ObjectLocation(REF, side.bucket, "benchmark/" + UUID.randomUUID() + "/run.bin");
      CreateOutcome made =
          side.store
              .createUploads(List.of(new NewUpload(at, "application/octet-stream")))
              .getFirst();
      if (made instanceof CreateOutcome.Created(String id)) {
        return new Upload(at, id);
      }
      throw new IOException("the store made no upload: " + made);
    }

    @Override
    public void create() throws IOException {
      make();
    }

    @Override
    public Completion stored() throws IOException {
      Upload upload = make();
      SignedParts signed =
          side.signer.signParts(
              new PartsToSign(
                  upload.at,
                  upload.id,
                  List.of(new PartLength(1, Parts.SIZE)),
                  Instant.now(),
                  Duration.ofMinutes(15)));
      String etag = Parts.put(signed.url(signed.signatures().getFirst()));
      List<StoredPart> parts = List.of(new StoredPart(1, etag, Parts.SIZE, Instant.EPOCH));
      return client -> {
        CompleteOutcome done = side.store.complete(upload.at, upload.id, parts);
        if (!(done instanceof CompleteOutcome.Done)) {
          throw new IOException("the store did not complete: " + done);
        }
      };
    }

    @Override
    public boolean sign(int parts, boolean compact) {
      return false;
    }

    @Override
    public void close() {}
  }
}
