package io.waybill.acceptance.site;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;

import io.waybill.server.config.DatabaseSetting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Backups of an installation's database and of its bucket, each of its own time. */
public final class Backups {
  private static final String SUPERUSER = "postgres";
  private static final String UPLOADS = ".mpus-";

  private final Site site;
  private final Path folder;
  private final Database maintenance;
  private final String database;

  public Backups(Site site, Path folder) {
    this.site = site;
    this.folder = folder;
    String url = site.configuration().text(DatabaseSetting.URL);
    this.database = url.substring(url.lastIndexOf('/') + 1);
    this.maintenance =
        new Database(
            site.configuration()
                .with(
                    Map.of(
                        DatabaseSetting.URL,
                        url.substring(0, url.lastIndexOf('/') + 1) + SUPERUSER,
                        DatabaseSetting.USER,
                        SUPERUSER)));
  }

  /** Copies the database; whoever was connected is no more. */
  public void backUpDatabase() {
    disconnect();
    maintenance.change("create database backup template " + database);
  }

  /** Puts the copy in the place of the database, once. */
  public void restoreDatabase() {
    disconnect();
    maintenance.change("drop database " + database);
    maintenance.change("alter database backup rename to " + database);
  }

  private void disconnect() {
    maintenance.texts(
        "select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = ?",
        database);
  }

  /** Copies the finished objects of the bucket: no backup has uploads under way. */
  public void backUpBucket() {
    copy(site.storeFolder(), folder.resolve("bucket"));
  }

  /** Makes the bucket what it was; what it has been since lies aside. */
  public void restoreBucket() {
    Path now = folder.resolve("aside");
    copy(site.storeFolder(), now);
    for (Path file : files(site.storeFolder())) {
      delete(file);
    }
    copy(folder.resolve("bucket"), site.storeFolder());
  }

  /** Brings an object back that the restored bucket did not have. */
  public void bringBack(String key) {
    copyFile(folder.resolve("aside").resolve(key), site.storeFolder().resolve(key));
  }

  private static void copy(Path from, Path to) {
    for (Path file : files(from)) {
      Path name = from.relativize(file);
      if (!name.toString().startsWith(UPLOADS)) {
        copyFile(file, to.resolve(name));
      }
    }
  }

  private static List<Path> files(Path root) {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copyFile(Path from, Path to) {
    try {
      Files.createDirectories(to.getParent());
      Files.copy(from, to, COPY_ATTRIBUTES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
