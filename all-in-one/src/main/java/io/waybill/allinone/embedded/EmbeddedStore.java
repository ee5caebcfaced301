package io.waybill.allinone.embedded;

import io.waybill.server.config.Port;
import io.waybill.server.config.StartupFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import org.gaul.s3proxy.CrossOriginResourceSharing;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.services.s3.model.BucketCannedACL;

/**
 * An S3-compatible store on the loopback interface that keeps objects as files. It holds clients to
 * what S3 holds them to: signatures, expiry, signed lengths, and uploads that exist.
 */
public final class EmbeddedStore implements AutoCloseable {

  /**
   * What to run.
   *
   * @param directory one folder per bucket below it; the file system must have user attributes
   * @param bucket made at start
   * @param corsOrigins regular expressions of the web pages that may send and read objects
   */
  public record Settings(
      Path directory,
      Port port,
      String accessKey,
      String secretKey,
      String bucket,
      List<String> corsOrigins) {
    public static final int DEFAULT_PORT = 19_000;

    public Settings {
      corsOrigins = List.copyOf(corsOrigins);
    }

    /** Keys and bucket of every development installation; pages of the console may use it. */
    public static Settings development(Path directory, int port) {
      return new Settings(
          directory.toAbsolutePath(),
          new Port(port, "object storage", "--storage-port"),
          "waybill-dev",
          "waybill_dev_storage_local_only",
          "robot-data",
          List.of("http://(localhost|127\\.0\\.0\\.1):(5173|18080)"));
    }
  }

  /** What a page must read of an answer to send parts and to read ranges. */
  private static final List<String> EXPOSED_HEADERS =
      List.of(
          "ETag",
          "Content-Range",
          "x-amz-checksum-crc32",
          "x-amz-checksum-crc32c",
          "x-amz-checksum-crc64nvme",
          "x-amz-checksum-sha1",
          "x-amz-checksum-sha256");

  private final StoreServer server;
  private final DataLock lock;
  private final int port;

  private EmbeddedStore(StoreServer server, DataLock lock, int port) {
    this.server = server;
    this.lock = lock;
    this.port = port;
  }

  /** Starts the store and returns when it answers and its bucket is there. */
  public static EmbeddedStore start(Settings settings) {
    DataLock lock = DataLock.take(settings.directory());
    try {
      int port = settings.port().claim();
      StoreServer server = new StoreServer(door(settings), port);
      server.start();
      return new EmbeddedStore(server, lock, port);
    } catch (StartupFailure e) {
      lock.close();
      throw e;
    } catch (Exception e) {
      lock.close();
      throw new StartupFailure("the object storage does not start: " + e, e);
    }
  }

  public int port() {
    return port;
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new StartupFailure("the object storage does not stop: " + e, e);
    } finally {
      lock.close();
    }
  }

  private static StoreDoor door(Settings settings) throws IOException {
    Path objects = Files.createDirectories(settings.directory().resolve("buckets"));
    requireUserAttributes(settings.directory());
    BlobStore store = new KnownUploads(new FilesystemNio2BlobStore(objects.toString()), objects);
    if (!store.containerExists(settings.bucket())) {
      store.createContainer(settings.bucket());
    }
    // The store takes a folder that others may read for a public bucket.
    store.setContainerAccess(settings.bucket(), BucketCannedACL.PRIVATE);
    return new StoreDoor(
        store,
        settings.accessKey(),
        settings.secretKey(),
        new CrossOriginResourceSharing(
            settings.corsOrigins(),
            List.of("GET", "HEAD", "PUT"),
            List.of("*"),
            EXPOSED_HEADERS,
            ""));
  }

  /** ETags and content types live in user attributes; without them every object would lose them. */
  private static void requireUserAttributes(Path directory) throws IOException {
    Path probe = Files.createTempFile(directory, "probe-", "");
    try {
      var view = Files.getFileAttributeView(probe, UserDefinedFileAttributeView.class);
      if (view == null) {
        throw new IOException("no user attributes on this platform");
      }
      view.write("waybill", StandardCharsets.UTF_8.encode("probe"));
    } catch (IOException e) {
      throw new StartupFailure(
          ("the file system of %s keeps no user attributes (xattrs), which the embedded object"
                  + " storage needs: choose a folder on ext4, xfs or btrfs with --data-dir, or set"
                  + " WAYBILL_STORAGE_ENDPOINT to a store of your own")
              .formatted(directory),
          e);
    } finally {
      Files.deleteIfExists(probe);
    }
  }
}
