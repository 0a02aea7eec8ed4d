/* Stands between a program and the file system: keeps a journal of what it writes, fails writes when told, moves its clock.
 *
 * Loaded with LD_PRELOAD. FAULT_WATCH names the folder that is watched, FAULT_JOURNAL the file the journal goes to.
 * A record of the journal is a header (struct record) and two texts: paths, or the bytes that were written.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define MOST 4096
#define REAL(name) ((__typeof__(&name))real(#name))

struct __attribute__((packed)) record {
    char what;
    uint64_t inode;
    int64_t place;
    uint32_t first, second;
};

static char watched[PATH_MAX];
static size_t watched_length;
static int journal = -1;
static uint64_t inodes[MOST]; /* of a descriptor: 0 not watched */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long until_failure = -1; /* so many watched calls more, then they fail; -1 never */
static int failure;
static long seen;
static long clock_s;

static void *real(const char *name)
{
    void *found = dlsym(RTLD_NEXT, name);
    if (!found)
        abort();
    return found;
}

__attribute__((constructor)) static void begin(void)
{
    const char *folder = getenv("FAULT_WATCH"), *file = getenv("FAULT_JOURNAL"), *seconds = getenv("FAULT_CLOCK_S");
    if (folder && realpath(folder, watched))
        watched_length = strlen(watched);
    if (file)
        journal = REAL(open)(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (seconds)
        clock_s = atol(seconds);
}

/* Told from outside: after so many calls more every one fails with this error; a negative count ends it. */
void fault_fail(long after, int error)
{
    until_failure = after;
    failure = error;
}

/* How many calls that change something were seen. */
long fault_seen(void) { return seen; }

void fault_clock(long seconds) { clock_s = seconds; }

static void note(char what, uint64_t inode, int64_t place, const void *first, size_t length, const char *second)
{
    struct record head = {what, inode, place, (uint32_t)length, second ? (uint32_t)strlen(second) : 0};
    if (journal < 0)
        return;
    __typeof__(&write) put = REAL(write);
    if (put(journal, &head, sizeof head) < 0 || put(journal, first, length) < 0 || (second && put(journal, second, head.second) < 0))
        abort();
}

/* Whether this call is to fail. */
static int fails(void)
{
    seen++;
    if (until_failure < 0 || until_failure-- > 0)
        return 0;
    until_failure = 0;
    errno = failure;
    return 1;
}

/* The whole path of a name, in the given space; 1 when it is watched. */
static int whole(int folder, const char *name, char *path)
{
    char base[PATH_MAX] = "";
    if (!watched_length || !name)
        return 0;
    if (name[0] == '/') {
        snprintf(path, PATH_MAX, "%s", name);
    } else {
        if (folder == AT_FDCWD) {
            if (!getcwd(base, sizeof base))
                return 0;
        } else {
            char of[64];
            snprintf(of, sizeof of, "/proc/self/fd/%d", folder);
            ssize_t length = readlink(of, base, sizeof base - 1);
            if (length < 0)
                return 0;
            base[length] = 0;
        }
        if (snprintf(path, PATH_MAX, "%s/%s", base, name) >= PATH_MAX)
            return 0;
    }
    return !strncmp(path, watched, watched_length) && (path[watched_length] == '/' || !path[watched_length]);
}

static uint64_t inode_of(int descriptor) { return descriptor >= 0 && descriptor < MOST ? inodes[descriptor] : 0; }

static int open_any(int folder, const char *name, int flags, mode_t mode)
{
    char path[PATH_MAX];
    struct stat there;
    int ours = whole(folder, name, path) && (flags & O_TMPFILE) != O_TMPFILE;
    int changes = ours && (flags & (O_CREAT | O_TRUNC));
    pthread_mutex_lock(&lock);
    int made = changes && (flags & O_CREAT) && fstatat(AT_FDCWD, path, &there, AT_SYMLINK_NOFOLLOW);
    int descriptor = changes && (made || (flags & O_TRUNC)) && fails() ? -1 : REAL(openat)(folder, name, flags, mode);
    int problem = errno;
    if (descriptor >= 0 && descriptor < MOST) {
        inodes[descriptor] = 0;
        if (ours && !fstat(descriptor, &there)) {
            inodes[descriptor] = there.st_ino;
            if (made)
                note('C', there.st_ino, 0, path, strlen(path), NULL);
            else if (flags & O_TRUNC)
                note('T', there.st_ino, 0, "", 0, NULL);
        }
    }
    pthread_mutex_unlock(&lock);
    errno = problem;
    return descriptor;
}

#define MODE(flags)                          \
    mode_t mode = 0;                         \
    if ((flags) & (O_CREAT | O_TMPFILE)) {   \
        va_list rest;                        \
        va_start(rest, flags);               \
        mode = va_arg(rest, mode_t);         \
        va_end(rest);                        \
    }

int open(const char *name, int flags, ...) { MODE(flags) return open_any(AT_FDCWD, name, flags, mode); }
int open64(const char *name, int flags, ...) { MODE(flags) return open_any(AT_FDCWD, name, flags, mode); }
int openat(int folder, const char *name, int flags, ...) { MODE(flags) return open_any(folder, name, flags, mode); }
int openat64(int folder, const char *name, int flags, ...) { MODE(flags) return open_any(folder, name, flags, mode); }

int close(int descriptor)
{
    if (descriptor >= 0 && descriptor < MOST)
        inodes[descriptor] = 0;
    return REAL(close)(descriptor);
}

static ssize_t write_at(int descriptor, const void *bytes, size_t length, off_t place, int placed)
{
    uint64_t inode = inode_of(descriptor);
    pthread_mutex_lock(&lock);
    ssize_t done = -1;
    if (inode && fails()) {
        pthread_mutex_unlock(&lock);
        return -1;
    }
    if (inode && !placed) {
        struct stat there;
        int append = fcntl(descriptor, F_GETFL) & O_APPEND;
        place = append && !fstat(descriptor, &there) ? there.st_size : lseek(descriptor, 0, SEEK_CUR);
    }
    done = placed ? REAL(pwrite)(descriptor, bytes, length, place) : REAL(write)(descriptor, bytes, length);
    int problem = errno;
    if (done > 0 && inode)
        note('W', inode, place, bytes, (size_t)done, NULL);
    else if (done > 0 && descriptor == 1)
        note('A', 0, 0, bytes, (size_t)done, NULL); /* what was said: acknowledged from here on */
    pthread_mutex_unlock(&lock);
    errno = problem;
    return done;
}

ssize_t write(int descriptor, const void *bytes, size_t length) { return write_at(descriptor, bytes, length, 0, 0); }
ssize_t pwrite(int descriptor, const void *bytes, size_t length, off_t place) { return write_at(descriptor, bytes, length, place, 1); }
ssize_t pwrite64(int descriptor, const void *bytes, size_t length, off64_t place) { return write_at(descriptor, bytes, length, place, 1); }

/* Programs fall back to plain writes, which are seen, where these are refused. */
ssize_t sendfile(int to, int from, off_t *place, size_t length) { (void)to, (void)from, (void)place, (void)length; return errno = ENOSYS, -1; }
ssize_t sendfile64(int to, int from, off64_t *place, size_t length) { (void)to, (void)from, (void)place, (void)length; return errno = ENOSYS, -1; }
ssize_t copy_file_range(int from, off64_t *at, int to, off64_t *place, size_t length, unsigned flags)
{
    (void)from, (void)at, (void)to, (void)place, (void)length, (void)flags;
    return errno = ENOSYS, -1;
}

static int truncate_any(int descriptor, off_t size)
{
    uint64_t inode = inode_of(descriptor);
    pthread_mutex_lock(&lock);
    int done = inode && fails() ? -1 : REAL(ftruncate)(descriptor, size);
    int problem = errno;
    if (!done && inode)
        note('T', inode, size, "", 0, NULL);
    pthread_mutex_unlock(&lock);
    errno = problem;
    return done;
}

int ftruncate(int descriptor, off_t size) { return truncate_any(descriptor, size); }
int ftruncate64(int descriptor, off64_t size) { return truncate_any(descriptor, size); }
int posix_fallocate(int descriptor, off_t place, off_t length) { return inode_of(descriptor) ? EOPNOTSUPP : REAL(posix_fallocate)(descriptor, place, length); }
int posix_fallocate64(int descriptor, off64_t place, off64_t length) { return posix_fallocate(descriptor, place, length); }
int fallocate(int descriptor, int mode, off_t place, off_t length) { return inode_of(descriptor) ? (errno = EOPNOTSUPP, -1) : REAL(fallocate)(descriptor, mode, place, length); }
int fallocate64(int descriptor, int mode, off64_t place, off64_t length) { return fallocate(descriptor, mode, place, length); }

/* The disk is not waited for: what counts here is that it was asked. */
static int sync_any(int descriptor)
{
    struct stat there;
    uint64_t inode = inode_of(descriptor);
    if (!inode || fstat(descriptor, &there))
        return 0;
    pthread_mutex_lock(&lock);
    int failed = fails();
    int problem = errno;
    if (!failed && S_ISDIR(there.st_mode)) {
        char of[64], path[PATH_MAX];
        snprintf(of, sizeof of, "/proc/self/fd/%d", descriptor);
        ssize_t length = readlink(of, path, sizeof path - 1);
        if (length > 0)
            note('D', inode, 0, path, (size_t)length, NULL);
    } else if (!failed) {
        note('S', inode, 0, "", 0, NULL);
    }
    pthread_mutex_unlock(&lock);
    errno = problem;
    return failed ? -1 : 0;
}

int fsync(int descriptor) { return sync_any(descriptor); }
int fdatasync(int descriptor) { return sync_any(descriptor); }

/* A change of names: done unless it is to fail, and noted with both names when it is watched. */
#define NAMES(what, one, two, ours, inode, call)                \
    pthread_mutex_lock(&lock);                                  \
    int done = (ours) && fails() ? -1 : (call);                 \
    int problem = errno;                                        \
    if (!done && (ours))                                        \
        note(what, inode, 0, one, strlen(one), two);            \
    pthread_mutex_unlock(&lock);                                \
    errno = problem;                                            \
    return done;

static uint64_t inode_at(const char *path)
{
    struct stat there;
    return fstatat(AT_FDCWD, path, &there, AT_SYMLINK_NOFOLLOW) ? 0 : there.st_ino;
}

int renameat(int one_folder, const char *one, int two_folder, const char *two)
{
    char from[PATH_MAX], to[PATH_MAX];
    int leaves = whole(one_folder, one, from), comes = whole(two_folder, two, to), ours = leaves || comes;
    NAMES('R', from, to, ours, 0, REAL(renameat)(one_folder, one, two_folder, two))
}

int rename(const char *one, const char *two) { return renameat(AT_FDCWD, one, AT_FDCWD, two); }

int linkat(int one_folder, const char *one, int two_folder, const char *two, int flags)
{
    char from[PATH_MAX], to[PATH_MAX];
    int ours = whole(two_folder, two, to) && (whole(one_folder, one, from) || 1);
    NAMES('L', from, to, ours, inode_at(from), REAL(linkat)(one_folder, one, two_folder, two, flags))
}

int link(const char *one, const char *two) { return linkat(AT_FDCWD, one, AT_FDCWD, two, 0); }

int unlinkat(int folder, const char *name, int flags)
{
    char path[PATH_MAX];
    int ours = whole(folder, name, path);
    NAMES('U', path, NULL, ours, 0, REAL(unlinkat)(folder, name, flags))
}

int unlink(const char *name) { return unlinkat(AT_FDCWD, name, 0); }
int rmdir(const char *name) { return unlinkat(AT_FDCWD, name, AT_REMOVEDIR); }

int mkdirat(int folder, const char *name, mode_t mode)
{
    char path[PATH_MAX];
    int ours = whole(folder, name, path);
    NAMES('M', path, NULL, ours, 0, REAL(mkdirat)(folder, name, mode))
}

int mkdir(const char *name, mode_t mode) { return mkdirat(AT_FDCWD, name, mode); }

int clock_gettime(clockid_t which, struct timespec *now)
{
    int done = REAL(clock_gettime)(which, now);
    if (!done && (which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE))
        now->tv_sec += clock_s;
    return done;
}

int gettimeofday(struct timeval *now, void *zone)
{
    int done = REAL(gettimeofday)(now, zone);
    if (!done)
        now->tv_sec += clock_s;
    return done;
}

time_t time(time_t *now)
{
    struct timespec read;
    clock_gettime(CLOCK_REALTIME, &read);
    if (now)
        *now = read.tv_sec;
    return read.tv_sec;
}
