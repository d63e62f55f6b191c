// For tests: a file layer between SQLite and the real one that can be told to fail writes (disk full, I/O error) and
// fsync, now or from the n-th call on.
#pragma once

#include <sqlite3.h>

#include <atomic>
#include <cstring>
#include <string>

namespace takas::store::sqlite {

struct Faults {
    std::atomic<bool> disk_full = false;
    std::atomic<bool> write_error = false;
    std::atomic<bool> sync_error = false;
    std::atomic<int> failing_syncs = -1;  ///< how many more syncs fail; -1: as long as sync_error is set
};

/// Registers the layer under this name, once for the process. All its files share one set of faults.
class FaultyVfs {
  public:
    static constexpr const char* name = "faulty";

    static Faults& faults() {
        static Faults shared;
        static const bool registered = install();
        static_cast<void>(registered);
        return shared;
    }

  private:
    /// SQLite allocates one block: our file first, the real one behind it.
    struct File {
        sqlite3_file base;
        sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
    };
    static File* self(sqlite3_file* f) { return reinterpret_cast<File*>(f); }
    static const sqlite3_io_methods* real(sqlite3_file* f) { return self(f)->real()->pMethods; }
    static sqlite3_file* file(sqlite3_file* f) { return self(f)->real(); }
    static sqlite3_vfs* below() { return sqlite3_vfs_find(nullptr); }

    static int write(sqlite3_file* f, const void* data, int size, sqlite3_int64 offset) {
        if (faults().disk_full) return SQLITE_FULL;
        if (faults().write_error) return SQLITE_IOERR_WRITE;
        return real(f)->xWrite(file(f), data, size, offset);
    }

    static int sync(sqlite3_file* f, int flags) {
        if (faults().sync_error) {
            if (faults().failing_syncs == 0) {
                faults().sync_error = false;
            } else {
                if (faults().failing_syncs > 0) --faults().failing_syncs;
                return SQLITE_IOERR_FSYNC;
            }
        }
        return real(f)->xSync(file(f), flags);
    }

    static const sqlite3_io_methods* methods() {
        static const sqlite3_io_methods table = [] {
            sqlite3_io_methods m{};
            m.iVersion = 2;
            m.xClose = [](sqlite3_file* f) { return real(f)->xClose(file(f)); };
            m.xRead = [](sqlite3_file* f, void* p, int n, sqlite3_int64 o) { return real(f)->xRead(file(f), p, n, o); };
            m.xWrite = write;
            m.xTruncate = [](sqlite3_file* f, sqlite3_int64 n) { return real(f)->xTruncate(file(f), n); };
            m.xSync = sync;
            m.xFileSize = [](sqlite3_file* f, sqlite3_int64* n) { return real(f)->xFileSize(file(f), n); };
            m.xLock = [](sqlite3_file* f, int l) { return real(f)->xLock(file(f), l); };
            m.xUnlock = [](sqlite3_file* f, int l) { return real(f)->xUnlock(file(f), l); };
            m.xCheckReservedLock = [](sqlite3_file* f, int* r) { return real(f)->xCheckReservedLock(file(f), r); };
            m.xFileControl = [](sqlite3_file* f, int op, void* p) { return real(f)->xFileControl(file(f), op, p); };
            m.xSectorSize = [](sqlite3_file* f) { return real(f)->xSectorSize(file(f)); };
            m.xDeviceCharacteristics = [](sqlite3_file* f) { return real(f)->xDeviceCharacteristics(file(f)); };
            m.xShmMap = [](sqlite3_file* f, int page, int size, int extend, void volatile** p) {
                return real(f)->xShmMap(file(f), page, size, extend, p);
            };
            m.xShmLock = [](sqlite3_file* f, int o, int n, int fl) { return real(f)->xShmLock(file(f), o, n, fl); };
            m.xShmBarrier = [](sqlite3_file* f) { real(f)->xShmBarrier(file(f)); };
            m.xShmUnmap = [](sqlite3_file* f, int d) { return real(f)->xShmUnmap(file(f), d); };
            return m;
        }();
        return &table;
    }

    static int open(sqlite3_vfs*, const char* path, sqlite3_file* f, int flags, int* out) {
        f->pMethods = nullptr;
        const int code = below()->xOpen(below(), path, self(f)->real(), flags, out);
        if (self(f)->real()->pMethods) f->pMethods = methods();
        return code;
    }

    static bool install() {
        static sqlite3_vfs vfs = *below();
        vfs.pNext = nullptr;
        vfs.zName = name;
        vfs.szOsFile = static_cast<int>(sizeof(File)) + below()->szOsFile;
        vfs.xOpen = open;
        return sqlite3_vfs_register(&vfs, 0) == SQLITE_OK;
    }
};

}  // namespace takas::store::sqlite
