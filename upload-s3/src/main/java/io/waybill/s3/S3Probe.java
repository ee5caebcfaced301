package io.waybill.s3;

import io.waybill.core.storage.Capability;
import io.waybill.core.storage.StorageProbe;
import java.io.IOException;
import java.util.Set;

/** Tries stores by throw-away multipart uploads under {@code waybill-probe/}. */
public final class S3Probe implements StorageProbe {
  private final S3Settings settings;

  public S3Probe(S3Settings settings) {
    this.settings = settings;
  }

  @Override
  public Set<Capability> probe(String endpointRef, String bucket) {
    S3Endpoint endpoint = settings.endpoints().get(endpointRef);
    if (endpoint == null) {
      throw StorageFault.unconfigured(endpointRef).outage("probe");
    }
    try (ProbeClient store = new ProbeClient(endpoint, settings)) {
      return new ProbeRun(store, endpoint, bucket).run();
    } catch (StorageFault fault) {
      throw fault.outage("probe");
    } catch (IOException e) {
      throw StorageFault.of(e).outage("probe");
    }
  }
}
