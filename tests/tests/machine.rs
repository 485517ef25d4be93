//! Native code and the interpreter agree on every kind of node.

use dotnet::catalogue::{MemberDef, find_member};
use dotnet::rt::Fault;
use dotnet::ty::Ty;
use dotnet::types::{delegate, exception, int32::INT32, string::STRING};
use dotnet::word::Repr;
use ir::build::{self, bool_const, i32_const, text};
use ir::tree::{
    BinaryOp, Catch, Const, Expr, ExprKind, Function, FunctionId, LabelId, LocalId, Loop, Number, Operand, Overflow,
    Stmt, Storage, Try,
};
use tests::machine::run_both;

const INT: Ty = Ty(&INT32);
const TEXT: Ty = Ty(&STRING);

fn function(result: Repr) -> Function {
    Function { name: "test".into(), locals: vec![], parameters: vec![], captures: vec![], result, body: vec![] }
}

fn returning(value: Expr) -> Vec<Function> {
    let mut f = function(value.repr);
    f.body = vec![Stmt::Return(Some(value))];
    vec![f]
}

fn int(op: BinaryOp, a: Expr, b: Expr) -> Expr {
    Expr::new(ExprKind::Binary(op, Operand::I32, Box::new(a), Box::new(b)), Repr::I32)
}

fn add(a: Expr, b: Expr) -> Expr {
    int(BinaryOp::Add(Overflow::Wrap), a, b)
}

fn local(id: LocalId, repr: Repr) -> Expr {
    Expr::new(ExprKind::Local(id), repr)
}

fn set(id: LocalId, value: Expr) -> Stmt {
    let repr = value.repr;
    Stmt::Expr(Expr::new(ExprKind::Set(id, Box::new(value)), repr))
}

fn member(name: &str) -> &'static MemberDef {
    find_member(name).unwrap_or_else(|| panic!("there is no member `{name}`"))
}

fn throw(ty: &str) -> Stmt {
    let exception =
        build::call(member(&format!("System.{ty}::{ty}(string message)")), vec![text("planted")], Repr::Ref);
    Stmt::Expr(Expr::new(ExprKind::Throw(Box::new(exception)), Repr::I32))
}

#[test]
fn arithmetic_wraps_and_throws() {
    let int_result = |expr| run_both(&returning(expr), INT);
    assert_eq!(int_result(add(i32_const(i32::MAX), i32_const(1))), Ok("int: -2147483648".into()));
    let checked = BinaryOp::Mul(Overflow::Throw);
    let overflow = Err("System.OverflowException: Arithmetic operation resulted in an overflow.".into());
    assert_eq!(int_result(int(checked, i32_const(1 << 20), i32_const(1 << 20))), overflow);
    assert_eq!(int_result(int(BinaryOp::Div, i32_const(i32::MIN), i32_const(-1))), overflow);
    let by_zero = Err("System.DivideByZeroException: Attempted to divide by zero.".into());
    assert_eq!(int_result(int(BinaryOp::Rem, i32_const(5), i32_const(0))), by_zero);
    assert_eq!(int_result(int(BinaryOp::Shr, i32_const(-8), i32_const(33))), Ok("int: -4".into()));
    let convert = |value: f64, overflow| {
        let value = Expr::new(ExprKind::Const(Const::F64(value.to_bits())), Repr::F64);
        Expr::new(ExprKind::Convert(Number::F64, Number::I32, overflow, Box::new(value)), Repr::I32)
    };
    assert_eq!(int_result(convert(-3.99, Overflow::Wrap)), Ok("int: -3".into()));
    assert_eq!(int_result(convert(3e10, Overflow::Wrap)), Ok("int: -2147483648".into()));
    assert_eq!(int_result(convert(3e10, Overflow::Throw)), overflow);
}

#[test]
fn members_are_called_and_their_exceptions_come_back() {
    let substring = member("System.String::string Substring(int startIndex)");
    let call = |start| build::call(substring, vec![text("abcdef"), i32_const(start)], Repr::Ref);
    assert_eq!(run_both(&returning(call(4)), TEXT), Ok("string: ef".into()));
    let outcome = run_both(&returning(call(9)), TEXT);
    assert!(outcome.unwrap_err().starts_with("System.ArgumentOutOfRangeException"));
    let of_null = build::call(substring, vec![build::null(), i32_const(0)], Repr::Ref);
    assert!(run_both(&returning(of_null), TEXT).unwrap_err().starts_with("System.NullReferenceException"));
}

#[test]
fn texts_are_compared_and_joined() {
    let same = |a: &str, b: Expr| Expr::new(ExprKind::TextEq(Box::new(text(a)), Box::new(b)), Repr::I32);
    let long = "a text that is longer than a word of the machine";
    for (a, b, expected) in [
        ("", text(""), 1),
        ("a", text("b"), 0),
        ("abc", text("abc"), 1),
        ("abcdefgh", text("abcdefgi"), 0),
        (long, text(long), 1),
        (long, build::null(), 0),
    ] {
        assert_eq!(run_both(&returning(same(a, b)), INT), Ok(format!("int: {expected}")), "{a}");
    }
    let begins = Expr::new(ExprKind::TextStartsWith(Box::new(text("/cars/1")), (*b"/cars/").into()), Repr::I32);
    assert_eq!(run_both(&returning(begins), INT), Ok("int: 1".into()));
    let parts = vec![text("a"), build::null(), text("é"), build::text_of(INT, i32_const(7))];
    assert_eq!(run_both(&returning(Expr::new(ExprKind::Concat(parts), Repr::Ref)), TEXT), Ok("string: aé7".into()));
    let length = Expr::new(ExprKind::TextLength(Box::new(text("é😀"))), Repr::I32);
    assert_eq!(run_both(&returning(length), INT), Ok("int: 3".into()));
}

#[test]
fn loops_count_break_and_continue() {
    // for (i = 0; i < 10; i++) { if (i == 3) continue; if (i == 6) break; sum += i; }
    let mut f = function(Repr::I32);
    let (i, sum) = (f.add_local("i", Repr::I32), f.add_local("sum", Repr::I32));
    let get = |id| local(id, Repr::I32);
    let is = |n| int(BinaryOp::Eq, get(i), i32_const(n));
    let turns = Loop {
        label: LabelId(0),
        test: Some(int(BinaryOp::Lt, get(i), i32_const(10))),
        body: vec![
            Stmt::If(is(3), vec![Stmt::Continue(LabelId(0))], vec![]),
            Stmt::If(is(6), vec![Stmt::Break(LabelId(0))], vec![]),
            set(sum, add(get(sum), get(i))),
        ],
        step: vec![set(i, add(get(i), i32_const(1)))],
        until: None,
    };
    f.body = vec![Stmt::Loop(Box::new(turns)), Stmt::Return(Some(get(sum)))];
    assert_eq!(run_both(&[f], INT), Ok("int: 12".into()));
}

#[test]
fn finally_runs_on_every_way_out() {
    // for (;;) { try { if (n == 2) return log; throw } catch { log += 1 } finally { log += 10; n++ } }
    let mut f = function(Repr::I32);
    let (n, log) = (f.add_local("n", Repr::I32), f.add_local("log", Repr::I32));
    let get = |id| local(id, Repr::I32);
    let bump = |id, by| set(id, add(get(id), i32_const(by)));
    let guarded = Try {
        body: vec![
            Stmt::If(int(BinaryOp::Eq, get(n), i32_const(2)), vec![Stmt::Return(Some(get(log)))], vec![]),
            throw("FormatException"),
        ],
        catches: vec![
            Catch {
                ty: Ty(&exception::FORMAT_EXCEPTION),
                local: None,
                filter: Some(bool_const(false)),
                body: vec![bump(log, 1000)],
            },
            Catch { ty: Ty(&exception::EXCEPTION), local: None, filter: None, body: vec![bump(log, 1)] },
        ],
        finally: vec![bump(log, 10), bump(n, 1)],
    };
    let turns =
        Loop { label: LabelId(0), test: None, body: vec![Stmt::Try(Box::new(guarded))], step: vec![], until: None };
    f.body = vec![Stmt::Loop(Box::new(turns))];
    assert_eq!(run_both(&[f], INT), Ok("int: 22".into()));
}

#[test]
fn an_exception_that_no_catch_takes_passes_through_finally() {
    let mut f = function(Repr::I32);
    let inner = Try {
        body: vec![throw("FormatException")],
        catches: vec![Catch { ty: Ty(&exception::INVALID_CAST_EXCEPTION), local: None, filter: None, body: vec![] }],
        finally: vec![],
    };
    let rethrown = Try {
        body: vec![Stmt::Try(Box::new(inner))],
        catches: vec![Catch { ty: Ty(&exception::EXCEPTION), local: None, filter: None, body: vec![Stmt::Rethrow] }],
        finally: vec![Stmt::Expr(i32_const(1))],
    };
    f.body = vec![Stmt::Try(Box::new(rethrown)), Stmt::Return(Some(i32_const(0)))];
    assert_eq!(run_both(&[f], INT), Err("System.FormatException: planted".into()));
}

#[test]
fn lambdas_share_variables_with_their_surroundings() {
    // int n = 1; Func<int> f = () => n += 5; f(); return f() + n
    let mut outer = function(Repr::I32);
    let (n, f) = (outer.add_local("n", Repr::I32), outer.add_local("f", Repr::Ref));
    outer.locals[n.index()].storage = Storage::Shared;
    let mut lambda = function(Repr::I32);
    let shared = lambda.add_local("n", Repr::I32);
    lambda.locals[shared.index()].storage = Storage::Shared;
    lambda.captures = vec![shared];
    let grown = add(local(shared, Repr::I32), i32_const(5));
    lambda.body = vec![Stmt::Return(Some(Expr::new(ExprKind::Set(shared, Box::new(grown)), Repr::I32)))];
    let func = Ty::construct(&delegate::FUNC_1_DEF, &[INT]);
    let make = Expr::new(ExprKind::Lambda(func, FunctionId(1), vec![n]), Repr::Ref);
    let invoke = || Expr::new(ExprKind::Invoke(Box::new(local(f, Repr::Ref)), vec![]), Repr::I32);
    outer.body = vec![
        Stmt::Declare(n, Some(i32_const(1))),
        Stmt::Declare(f, Some(make)),
        Stmt::Expr(invoke()),
        Stmt::Return(Some(add(invoke(), local(n, Repr::I32)))),
    ];
    assert_eq!(run_both(&[outer, lambda], INT), Ok("int: 22".into()));
}

#[test]
fn endless_recursion_ends_the_request_and_not_the_process() {
    let mut f = function(Repr::I32);
    let call = Expr::new(ExprKind::CallFunction(FunctionId(0), vec![], vec![]), Repr::I32);
    let guarded = Try {
        body: vec![Stmt::Return(Some(call))],
        catches: vec![Catch {
            ty: Ty(&exception::EXCEPTION),
            local: None,
            filter: None,
            body: vec![Stmt::Return(Some(i32_const(1)))],
        }],
        finally: vec![],
    };
    f.body = vec![Stmt::Try(Box::new(guarded)), Stmt::Return(Some(i32_const(2)))];
    let outcome = run_both(&[f], INT).unwrap_err();
    assert!(outcome.contains("nested more deeply"), "{outcome}");
}

#[test]
fn arrays_check_their_bounds() {
    let items = || Expr::new(ExprKind::ArrayOf(INT, vec![i32_const(4), i32_const(5)]), Repr::Ref);
    let index = |n: i64| Expr::new(ExprKind::Const(Const::I64(n)), Repr::I64);
    let get = |n| Expr::new(ExprKind::ArrayGet(INT, Box::new(items()), Box::new(index(n))), Repr::I32);
    assert_eq!(run_both(&returning(get(1)), INT), Ok("int: 5".into()));
    for outside in [2, -1, i64::MAX] {
        let outcome = run_both(&returning(get(outside)), INT);
        assert_eq!(outcome, Err("System.IndexOutOfRangeException: Index was outside the bounds of the array.".into()));
    }
    let length = Expr::new(ExprKind::ArrayLength(Box::new(items())), Repr::I32);
    assert_eq!(run_both(&returning(length), INT), Ok("int: 2".into()));
}

#[test]
fn a_memo_is_computed_once_and_keeps_null() {
    let mut f = function(Repr::I32);
    let (memo, count) = (f.add_local("", Repr::Ref), f.add_local("count", Repr::I32));
    let counted = |value: Expr| {
        let stmts = vec![set(count, add(local(count, Repr::I32), i32_const(1)))];
        Expr::new(ExprKind::Sequence(stmts, Box::new(value)), Repr::Ref)
    };
    let read = || Expr::new(ExprKind::Memo(memo, Box::new(counted(build::null()))), Repr::Ref);
    let is_null = |value| Expr::new(ExprKind::IsNull(Box::new(value)), Repr::I32);
    let both = Expr::new(ExprKind::And(Box::new(is_null(read())), Box::new(is_null(read()))), Repr::I32);
    f.body = vec![Stmt::Return(Some(Expr::new(
        ExprKind::If(Box::new(both), Box::new(local(count, Repr::I32)), Box::new(i32_const(-1))),
        Repr::I32,
    )))];
    assert_eq!(run_both(&[f], INT), Ok("int: 1".into()));
}

#[test]
fn code_throws_for_reasons_of_the_machine() {
    let failing = Expr::new(ExprKind::Fail(Fault::NoValue), Repr::I32);
    let outcome = run_both(&returning(failing), INT);
    assert_eq!(outcome, Err("System.InvalidOperationException: Nullable object must have a value.".into()));
}
