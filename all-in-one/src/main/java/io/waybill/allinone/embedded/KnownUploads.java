package io.waybill.allinone.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Refuses every call on an upload that was never made, is complete or was aborted, as S3 does. The
 * store below takes parts for any id, so a late PUT after an abort would stay on the disk unseen.
 * Nothing is held while a client sends: whoever is last, a part or the end of its upload, clears
 * up.
 */
final class KnownUploads extends ForwardingBlobStore {
  private final Path root;

  KnownUploads(BlobStore store, Path root) {
    super(store);
    this.root = root;
  }

  @Override
  public UploadPartResponse uploadMultipartPart(
      MultipartUpload upload, UploadPartRequest request, InputStream body) {
    if (!isKnown(upload)) {
      drain(body);
      throw noSuchUpload();
    }
    try {
      UploadPartResponse taken = super.uploadMultipartPart(upload, request, body);
      if (isKnown(upload)) {
        return taken;
      }
    } catch (RuntimeException e) {
      if (isKnown(upload)) {
        throw e;
      }
    }
    clear(upload);
    throw noSuchUpload();
  }

  @Override
  public List<Part> listMultipartUpload(MultipartUpload upload) {
    requireKnown(upload);
    return super.listMultipartUpload(upload);
  }

  @Override
  public CompleteMultipartUploadResponse completeMultipartUpload(
      MultipartUpload upload, CompleteMultipartUploadRequest request) {
    requireKnown(upload);
    CompleteMultipartUploadResponse complete = super.completeMultipartUpload(upload, request);
    clear(upload);
    return complete;
  }

  @Override
  public void abortMultipartUpload(MultipartUpload upload) {
    requireKnown(upload);
    super.abortMultipartUpload(upload);
    clear(upload);
  }

  private void requireKnown(MultipartUpload upload) {
    if (!isKnown(upload)) {
      throw noSuchUpload();
    }
  }

  private boolean isKnown(MultipartUpload upload) {
    try {
      Path stub = stub(upload);
      return stub.startsWith(root.resolve(upload.containerName())) && Files.exists(stub);
    } catch (InvalidPathException noName) {
      return false;
    }
  }

  /** The store marks a running upload by an empty file of this name beside its parts. */
  private Path stub(MultipartUpload upload) {
    String name = ".mpus-" + upload.id() + "-" + upload.blobName() + "-stub";
    return root.resolve(upload.containerName()).resolve(name).normalize();
  }

  /** Parts that came while their upload ended. */
  private void clear(MultipartUpload ended) {
    Path stub = stub(ended);
    String parts = stub.getFileName().toString().replaceFirst("stub$", "");
    try (DirectoryStream<Path> left =
        Files.newDirectoryStream(
            Objects.requireNonNull(stub.getParent()),
            file -> file.getFileName().toString().startsWith(parts))) {
      for (Path part : left) {
        Files.deleteIfExists(part);
      }
    } catch (NoSuchFileException nothingLeft) {
      // as it should be
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A client that still sends would see a broken connection instead of the answer. */
  private static void drain(InputStream body) {
    try (body) {
      body.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static NoSuchUploadException noSuchUpload() {
    return NoSuchUploadException.builder()
        .message("no such upload")
        .statusCode(404)
        .awsErrorDetails(
            AwsErrorDetails.builder()
                .errorCode("NoSuchUpload")
                .errorMessage("The specified multipart upload does not exist.")
                .build())
        .build();
  }
}
